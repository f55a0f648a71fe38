@core @stage:plain @stage:all
Feature: T - a tiny specification of an echo

  @T-1 @must
  Rule: T-1 What is echoed comes back
    Source: kit.

    Example: a word
      When "hello" is echoed
      Then the echo is "hello"

    Scenario Outline: words of one letter
      When "<word>" is echoed
      Then the echo is "<word>"

      Examples:
        | word |
        | a    |
        | b    |
        | c    |

  @T-2 @must
  Rule: T-2 A number is even
    Source: kit.

    Example: two
      Then 2 is even

    @disruptive
    Example: four, disturbing the cluster
      Then 4 is even
