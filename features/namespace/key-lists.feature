@core @stage:plain
Feature: NS-KEY - many keys in one request

  A list of keys is deleted, or renamed, in one request; what cannot be done is named in the answer, and the rest is done.

  @NS-KEY-6 @must
  Rule: NS-KEY-6 DeleteKeys removes what exists and reports PARTIAL_DELETE with exactly what it could not
    Source: Apache Ozone 2.2, as observed on the wire.
    In whatever order, and in whatever words for each. A name that is given twice is deleted once, and that is no error.

    Scenario Outline: All of them exist, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And keys "a", "b", "c" and "ab" in bucket "box" with content "one"
      When the client deletes keys "a", "c" and "b" in bucket "box"
      Then the answer is OK
      And the answer names nothing as not deleted
      And key "b" in bucket "box" is missing

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: Some of them are missing, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And keys "a", "b" and "c" in bucket "box" with content "one"
      When the client deletes keys "x", "a", "y" and "c" in bucket "box"
      Then the answer is PARTIAL_DELETE
      And the answer names keys "x" and "y" as not deleted
      And key "c" in bucket "box" is missing

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: The list is <list>
      Given bucket "box"
      And keys "a", "a/", "a/b", "ab", "b" and "é" in bucket "box"
      When the client deletes keys <list> in bucket "box"
      Then the answer is <status>
      And the answer names <undeleted> as not deleted
      And bucket "box" lists <left>

      Examples:
        | list                                | status         | undeleted                | left                                     |
        | "a"                                 | OK             | nothing                  | keys "a/", "a/b", "ab", "b" and "é"      |
        | "a/"                                | OK             | nothing                  | keys "a", "a/b", "ab", "b" and "é"       |
        | "b", "é", "a/b", "a/", "ab" and "a" | OK             | nothing                  | nothing                                  |
        | "x"                                 | PARTIAL_DELETE | key "x"                  | keys "a", "a/", "a/b", "ab", "b" and "é" |
        | "x" and "y"                         | PARTIAL_DELETE | keys "x" and "y"         | keys "a", "a/", "a/b", "ab", "b" and "é" |
        | "x" and "b"                         | PARTIAL_DELETE | key "x"                  | keys "a", "a/", "a/b", "ab" and "é"      |
        | "b" and "x"                         | PARTIAL_DELETE | key "x"                  | keys "a", "a/", "a/b", "ab" and "é"      |
        | "A", "a" and "e{U+0301}"            | PARTIAL_DELETE | keys "A" and "e{U+0301}" | keys "a/", "a/b", "ab", "b" and "é"      |
        | "x", "b" and "x"                    | PARTIAL_DELETE | key "x"                  | keys "a", "a/", "a/b", "ab" and "é"      |
        | "b" and "b"                         | OK             | nothing                  | keys "a", "a/", "a/b", "ab" and "é"      |
        | "b/" and "a/b/"                     | PARTIAL_DELETE | keys "b/" and "a/b/"     | keys "a", "a/", "a/b", "ab", "b" and "é" |

    Example: The same names in another bucket stay
      Given bucket "box"
      And bucket "bag"
      And key "a" in bucket "box"
      And keys "a" and "b" in bucket "bag"
      When the client deletes keys "a" and "b" in bucket "box"
      Then key "a" in bucket "bag" is as it was

    Example: It is deleted again
      Given bucket "box"
      And keys "a" and "b" in bucket "box"
      When the client deletes keys "a" and "b" in bucket "box"
      And the client deletes keys "a" and "b" in bucket "box"
      Then the answer is PARTIAL_DELETE
      And the answer names keys "a" and "b" as not deleted

  @NS-KEY-14 @must
  Rule: NS-KEY-14 RenameKeys renames what it can and reports PARTIAL_RENAME with exactly the rest; ListKeysLight and ListKeys agree
    Source: Apache Ozone 2.2, as observed on the wire.
    Ozone carries a pair out whose target exists, loses the target, and says that it was not renamed: an example of its own shows
    that, recorded as a deviation in its baseline. Of a chain of renames in one request it keeps a key under two names; no
    example sends one.

    Example: All can be renamed
      Given bucket "box"
      And keys "a", "b" and "c" in bucket "box" with content "one" with tags "t" as "1"
      When the client renames keys "a" to "x" and "b" to "a/y" in bucket "box"
      Then the answer is OK
      And the answer names nothing as not renamed
      And bucket "box" lists keys "a/y", "c" and "x"

    Example: Each is the key that it was
      Given bucket "box"
      And keys "a", "b" and "c" in bucket "box" with content "one" with metadata "m" as "1" with tags "t" as "1"
      When the client renames keys "a" to "x", "b" to "y" and "c" to "z" in bucket "box"
      Then key "x" in bucket "box" is what key "a" in bucket "box" was
      And key "y" in bucket "box" is what key "b" in bucket "box" was
      And key "z" in bucket "box" is what key "c" in bucket "box" was

    Scenario Outline: The pairs are <list>
      Given bucket "box"
      And keys "a", "a/b", "b" and "c" in bucket "box"
      When the client renames keys <list> in bucket "box"
      Then the answer is PARTIAL_RENAME
      And the answer names <unrenamed> as not renamed
      And bucket "box" lists <keys>

      Examples:
        | list                                  | unrenamed                 | keys                         |
        | "x" to "y"                            | "x" to "y"                | keys "a", "a/b", "b" and "c" |
        | "x" to "y" and "a" to "z"             | "x" to "y"                | keys "a/b", "b", "c" and "z" |
        | "a" to "z" and "x" to "y"             | "x" to "y"                | keys "a/b", "b", "c" and "z" |
        | "x" to "y", "a" to "z" and "w" to "v" | "x" to "y" and "w" to "v" | keys "a/b", "b", "c" and "z" |
        | "a" to "" and "b" to "z"              | "a" to ""                 | keys "a", "a/b", "c" and "z" |
        | "" to "z" and "b" to "y"              | "" to "z"                 | keys "a", "a/b", "c" and "y" |
        | "A" to "z" and "b" to "y"             | "A" to "z"                | keys "a", "a/b", "c" and "y" |
        | "a/" to "z/" and "b" to "y"           | "a/" to "z/"              | keys "a", "a/b", "c" and "y" |
        | "a" to "z" and "a" to "y"             | "a" to "y"                | keys "a/b", "b", "c" and "z" |
        | "a" to "a" and "b" to "z"             | "a" to "a"                | keys "a", "a/b", "c" and "z" |

    # Apache Ozone 2.2.0 puts the source in the place of the target: recorded as a deviation in its baseline.
    Example: The target of a pair is there
      Given bucket "box"
      And keys "a", "b" and "c" in bucket "box" with content "one"
      When the client renames keys "a" to "b" and "c" to "d" in bucket "box"
      Then the answer names "a" to "b" as not renamed
      And key "a" in bucket "box" is as it was
      And key "b" in bucket "box" is as it was

    Scenario Outline: In full and in short, <size> at a time: <range>
      Given bucket "box"
      And keys "a", "a/", "a/b", "b", "é" and "中" in bucket "box" with metadata "ETag" as "e" with tags "t" as "1"
      Then <range> are listed alike in full and in short, <size> at a time

      Examples:
        | range                                               | size |
        | the keys of bucket "box"                            | 1    |
        | the keys of bucket "box"                            | 2    |
        | the keys of bucket "box"                            | 3    |
        | the keys of bucket "box"                            | 6    |
        | the keys of bucket "box"                            | 7    |
        | the keys of bucket "box" with prefix "a"            | 2    |
        | the keys of bucket "box" after "a/"                 | 2    |
        | the keys of bucket "box" with prefix "a" after "a/" | 1    |
        | the keys of bucket "box" with prefix "x"            | 1    |
