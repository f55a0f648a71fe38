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
