@core @stage:plain
Feature: NS-KEY - ids of keys

  A key has an objectID, which says which key it is, and an updateID, its generation, which says whether it changed.

  @NS-KEY-12 @must
  Rule: NS-KEY-12 ObjectID is unique over all keys and buckets, updateID grows with every change of a key
    Source: Apache Ozone 2.2, as observed on the wire.
    An id names one key for good: what was deleted and made again is another. In Ozone a session that was opened over a key which
    is renamed before the commit makes a second key with its id: an example of its own shows that, recorded as a deviation in
    its baseline.

    Example: Many keys in two buckets
      Given bucket "box"
      And bucket "bag"
      And 30 keys in bucket "box" with random names made of "abc"
      And 30 keys in bucket "bag" with random names made of "abc"
      Then every bucket and every key in it has an id of its own

    Scenario Outline: Keys that are there, and the client <operation>
      Given bucket "box"
      And keys "alpha", "beta" and "gamma" in bucket "box"
      When the client <operation>
      And the client writes key "delta" in bucket "box"
      Then every bucket and every key in it has an id of its own

      Examples:
        | operation                                                     |
        | writes key "alpha" in bucket "box"                            |
        | renames key "alpha" in bucket "box" to "epsilon"              |
        | renames keys "alpha" to "a" and "beta" to "b" in bucket "box" |
        | deletes keys "alpha" and "beta" in bucket "box"               |

    Example: A key is made and renamed while another session of its name is open
      Given bucket "box"
      And session "two" of key "alpha" in bucket "box"
      When the client writes key "alpha" in bucket "box"
      And the client renames key "alpha" in bucket "box" to "beta"
      And the client commits session "two"
      Then every bucket and every key in it has an id of its own

    # Apache Ozone 2.2.0 gives the session's key the id of the renamed one: recorded as a deviation in its baseline.
    Example: A key is renamed while a session over it is open
      Given bucket "box"
      And key "alpha" in bucket "box"
      And session "s" of key "alpha" in bucket "box"
      When the client renames key "alpha" in bucket "box" to "beta"
      And the client commits session "s"
      Then every bucket and every key in it has an id of its own

    Scenario Outline: It is deleted and made again, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box"
      When the client deletes key "alpha" in bucket "box"
      And the client writes key "alpha" in bucket "box"
      Then key "alpha" in bucket "box" has another id than key "alpha" in bucket "box" had
      And key "alpha" in bucket "box" is of a later generation than key "alpha" in bucket "box" was

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: It is renamed, and the name is taken by another
      Given bucket "box"
      And key "alpha" in bucket "box"
      When the client renames key "alpha" in bucket "box" to "beta"
      And the client writes key "alpha" in bucket "box"
      Then key "alpha" in bucket "box" has another id than key "alpha" in bucket "box" had

    Scenario Outline: It is there, and the client <operation>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with content "one" with tags "t" as "1"
      When the client <operation>
      Then key <key> in bucket "box" is of a later generation than key "alpha" in bucket "box" was

      Examples:
        | layout                | operation                                             | key     |
        | OBJECT_STORE          | writes key "alpha" in bucket "box" with content "two" | "alpha" |
        | OBJECT_STORE          | tags key "alpha" in bucket "box" with "t" as "2"      | "alpha" |
        | OBJECT_STORE          | removes the tags of key "alpha" in bucket "box"       | "alpha" |
        | OBJECT_STORE          | renames key "alpha" in bucket "box" to "beta"         | "beta"  |
        | OBJECT_STORE          | renames keys "alpha" to "beta" in bucket "box"        | "beta"  |
        | FILE_SYSTEM_OPTIMIZED | writes key "alpha" in bucket "box" with content "two" | "alpha" |
        | FILE_SYSTEM_OPTIMIZED | tags key "alpha" in bucket "box" with "t" as "2"      | "alpha" |
        | FILE_SYSTEM_OPTIMIZED | renames key "alpha" in bucket "box" to "beta"         | "beta"  |

    Scenario Outline: It is there, and the client <operation>, which changes nothing
      Given bucket "box"
      And keys "alpha" and "beta" in bucket "box" with content "one"
      When the client <operation>
      Then key "alpha" in bucket "box" is as it was

      Examples:
        | operation                                            |
        | reads key "alpha" in bucket "box"                    |
        | opens key "alpha" in bucket "box" with content "two" |
        | writes key "beta" in bucket "box" with content "two" |
        | renames key "alpha" in bucket "box" to "beta"        |
        | commits key "alpha" in bucket "box" as client id 1   |
