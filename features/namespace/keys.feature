@core @stage:plain
Feature: NS-KEY - keys

  A key is written in two requests: CreateKey opens a session, whose client id CommitKey repeats. What the features call a key's
  content is an entry of its metadata: an OM without datanodes can hold such a key, and nobody else's is touched.

  @NS-KEY-3 @must
  Rule: NS-KEY-3 A second create-and-commit replaces the first: one key, new content
    Source: Apache Ozone 2.2, as observed on the wire.

    Scenario Outline: A key of a bucket of layout <layout> is written again
      Given bucket "box" of layout <layout>
      And keys "alpha" and "alpha-2" in bucket "box" with content "one"
      When the client writes key "alpha" in bucket "box" with content "two"
      Then the answer is OK
      And key "alpha" in bucket "box" has content "two"
      And key "alpha-2" in bucket "box" is as it was

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: It is written again and again
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      When the client writes key "alpha" in bucket "box" with content "two"
      And the client writes key "alpha" in bucket "box" with content "one"
      Then key "alpha" in bucket "box" has content "one"

    Example: It is one key with what was said last, and nothing of what was said before
      Given bucket "box"
      And key "alpha" in bucket "box" with metadata "a" as "1" with tags "t" as "1" and "u" as "2"
      When the client writes key "alpha" in bucket "box" with metadata "b" as "2"
      Then bucket "box" lists key "alpha"
      And key "alpha" in bucket "box" carries metadata "b" as "2"
      And key "alpha" in bucket "box" carries no tags

    Example: The same name in another bucket is another key
      Given bucket "box"
      And bucket "bag"
      And key "alpha" in bucket "bag" with content "one"
      When the client writes key "alpha" in bucket "box" with content "two"
      Then key "alpha" in bucket "bag" is as it was
      And bucket "box" lists key "alpha"

  @NS-KEY-5 @must
  Rule: NS-KEY-5 Delete removes; deleting a missing key is KEY_NOT_FOUND
    Source: Apache Ozone 2.2, as observed on the wire.
    One key and no other: names that begin alike are other keys.

    Scenario Outline: A key of a bucket of layout <layout> is deleted
      Given bucket "box" of layout <layout>
      And keys "alpha", "alph" and "alpha2" in bucket "box" with content "one"
      When the client deletes key "alpha" in bucket "box"
      Then the answer is OK
      And key "alpha" in bucket "box" is missing
      And key "alpha2" in bucket "box" is as it was

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: No read and no listing shows it any more
      Given bucket "box"
      And keys "a", "a/b", "a/", "ab" and "b" in bucket "box"
      When the client deletes key "a" in bucket "box"
      And the client looks up key "a" in bucket "box"
      Then the answer is KEY_NOT_FOUND
      And bucket "box" lists keys "a/", "a/b", "ab" and "b"

    Scenario Outline: There is no key of that name, and <neighbour> is there
      Given bucket "box" of layout <layout>
      And key <neighbour> in bucket "box"
      When the client deletes key "alpha" in bucket "box"
      Then the answer is KEY_NOT_FOUND
      And key <neighbour> in bucket "box" is as it was
      And bucket "box" is as it was

      Examples:
        | layout                | neighbour |
        | OBJECT_STORE          | "alpha2"  |
        | OBJECT_STORE          | "alpha/b" |
        | OBJECT_STORE          | "alph"    |
        | OBJECT_STORE          | "Alpha"   |
        | FILE_SYSTEM_OPTIMIZED | "alpha2"  |
        | FILE_SYSTEM_OPTIMIZED | "Alpha"   |

    Scenario Outline: It is deleted twice, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box"
      When the client deletes key "alpha" in bucket "box"
      And the client deletes key "alpha" in bucket "box"
      Then the answer is KEY_NOT_FOUND

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: The same name in another bucket stays
      Given bucket "box"
      And bucket "bag"
      And key "alpha" in bucket "box"
      And key "alpha" in bucket "bag"
      When the client deletes key "alpha" in bucket "box"
      Then key "alpha" in bucket "bag" is as it was

    Example: It is written again
      Given bucket "box"
      And key "alpha" in bucket "box" with metadata "a" as "1" with tags "t" as "1"
      When the client deletes key "alpha" in bucket "box"
      And the client writes key "alpha" in bucket "box"
      Then key "alpha" in bucket "box" carries no metadata
      And key "alpha" in bucket "box" carries no tags

  @NS-KEY-7 @must
  Rule: NS-KEY-7 Rename keeps the objectID, removes the old name, refuses an existing target (KEY_ALREADY_EXISTS, also when the source is gone) and a missing source (KEY_NOT_FOUND)
    Source: Apache Ozone 2.2, as observed on the wire.
    All that is said of the key stays with it. That a target is refused although the source is gone is a word about OBJECT_STORE
    buckets; elsewhere the source is looked for first. Who names a directory as target of a rename is told of in the chapter
    about directories.

    Scenario Outline: A key of a bucket of layout <layout> gets another name
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with content "one" with metadata "m" as "1" with tags "t" as "2"
      When the client renames key "alpha" in bucket "box" to "beta"
      Then the answer is OK
      And key "beta" in bucket "box" is what key "alpha" in bucket "box" was
      And key "alpha" in bucket "box" is missing

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: The new name is "<name>", and nothing else moves
      Given bucket "box"
      And keys "alpha" and "alpha/b" in bucket "box" with content "one"
      When the client renames key "alpha" in bucket "box" to "<name>"
      Then key "<name>" in bucket "box" is what key "alpha" in bucket "box" was
      And key "alpha/b" in bucket "box" is as it was
      And bucket "box" lists keys "<name>" and "alpha/b"

      Examples:
        | name           |
        | alpha2         |
        | alph           |
        | Alpha          |
        | alpha/c        |
        | alpha/b/c      |
        | {1024 times x} |
        | é{U+1F600}     |

    Scenario Outline: The target is there, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And keys "alpha" and "beta" in bucket "box" with content "one"
      When the client renames key "alpha" in bucket "box" to "beta"
      Then the answer is KEY_ALREADY_EXISTS
      And key "alpha" in bucket "box" is as it was
      And key "beta" in bucket "box" is as it was

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: The target is there and the source is gone
      Given bucket "box"
      And key "beta" in bucket "box" with content "two"
      When the client renames key "alpha" in bucket "box" to "beta"
      Then the answer is KEY_ALREADY_EXISTS
      And key "beta" in bucket "box" is as it was
      And key "alpha" in bucket "box" is missing

    Example: The target is the key itself
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      When the client renames key "alpha" in bucket "box" to "alpha"
      Then the answer is KEY_ALREADY_EXISTS
      And key "alpha" in bucket "box" is as it was

    Scenario Outline: The source is missing, and <neighbour> is there
      Given bucket "box" of layout <layout>
      And key <neighbour> in bucket "box" with content "one"
      When the client renames key "alpha" in bucket "box" to "beta"
      Then the answer is KEY_NOT_FOUND
      And key <neighbour> in bucket "box" is as it was
      And key "beta" in bucket "box" is missing

      Examples:
        | layout                | neighbour |
        | OBJECT_STORE          | "alpha2"  |
        | OBJECT_STORE          | "alpha/b" |
        | OBJECT_STORE          | "beta2"   |
        | FILE_SYSTEM_OPTIMIZED | "alpha2"  |

    Example: It gets its old name back
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      When the client renames key "alpha" in bucket "box" to "beta"
      And the client renames key "beta" in bucket "box" to "alpha"
      Then key "alpha" in bucket "box" is what key "alpha" in bucket "box" was
      And bucket "box" lists key "alpha"

    Example: Two keys change names by way of a third
      Given bucket "box"
      And keys "alpha" and "beta" in bucket "box" with content "one"
      When the client renames key "alpha" in bucket "box" to "gamma"
      And the client renames key "beta" in bucket "box" to "alpha"
      And the client renames key "gamma" in bucket "box" to "beta"
      Then key "beta" in bucket "box" is what key "alpha" in bucket "box" was

    Example: Its old name is free
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      When the client renames key "alpha" in bucket "box" to "beta"
      And the client writes key "alpha" in bucket "box" with content "two"
      Then key "alpha" in bucket "box" has content "two"
      And key "beta" in bucket "box" is what key "alpha" in bucket "box" was
