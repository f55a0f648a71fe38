@core @stage:plain
Feature: W - many calls, and callers that go away

  A connection carries the calls of many at once, in both directions and in any order. Any caller may stop waiting.

  @W-9 @must
  Rule: W-9 Every accepted request is answered exactly once, also under 256 concurrent calls on one connection
    Source: decided here; Apache Ozone 2.2 does so.
    The answers differ from call to call: volumes with owners of their own, pages of one name, payloads of a size that no other
    call asks for, successes between failures. A call that is never answered runs into its deadline; a second answer to one
    call makes it unreadable. What the writes made is listed afterwards: a write that was carried out twice would show too.

    Scenario Outline: 256 <mix> at once
      When the client makes 256 <mix> at once on one connection, <bursts> times
      Then every call gets one answer, and it is its own
      And what the calls made is there, and nothing else

      Examples:
        | mix              | bursts |
        | reads            | 4      |
        | writes           | 2      |
        | reads and writes | 2      |

  @W-11 @must
  Rule: W-11 A cancelled or expired single-step write either happened whole or not at all
    Source: decided here.
    A write shows in more than one place: a volume in the list of all and in that of its owner, a bucket in the count of its
    volume, a directory in that of its bucket. Callers go away between no time at all and 24 ms after the call. The write may
    still be under way then, so everything is looked at until two looks in a row show the same; these must show all of the
    write, or none of it. One that was answered OK before its caller was gone has to be done.

    Scenario Outline: Callers <change>, and the call is <cut>
      When 8 clients <change> 8 times each, and every call is <cut>
      Then each write happened whole or not at all

      Examples:
        | change                        | cut               |
        | create a volume               | taken back        |
        | create a volume               | past its deadline |
        | give away a volume            | taken back        |
        | give away a volume            | past its deadline |
        | delete a volume               | taken back        |
        | delete a volume               | past its deadline |
        | create a bucket               | taken back        |
        | create a bucket               | past its deadline |
        | make three directories in one | taken back        |
        | make three directories in one | past its deadline |
