@core @stage:plain
Feature: T - what can go wrong

  @T-2 @must
  Rule: T-2 A number is even
    Source: kit.

    Example: three
      Given "3" is echoed
      Then 3 is even
      And 4 is even

  @T-3 @should
  Rule: T-3 A number is small
    Source: kit.

    Example: five
      Then 5 is even

  @T-1 @must
  Rule: T-1 What is echoed comes back
    Source: kit.

    Example: the disk is full
      Then the disk is full

    Example: the kit is wrong
      Then the kit throws

    Example: nobody can tell
      Then nobody can tell

    Example: an undefined step
      Then this step does not exist

    Example: a pending step
      Then this step is pending

    Example: a skipped step
      Then this step is skipped

    Example: an ambiguous step
      Then this step is ambiguous
