@core @stage:plain
Feature: W - unknown parts

  Client and OM are upgraded at different times. What a newer client says more than an OM knows has to pass unnoticed.

  @W-4 @must
  Rule: W-4 Unknown protobuf fields and unknown request metadata change nothing
    Source: Apache Ozone 2.2, as observed on the wire.
    The unknown fields are one of each kind that protobuf can carry (a number, 64 bits, bytes, a group, 32 bits), with numbers
    that neither upstream nor this project's binding uses. "Nothing" is judged by effect: the write is done as asked, the read
    shows what is there, and a request that would fail without them fails in the same way.

    Scenario Outline: A volume is created with something unknown in <place>
      When the client creates volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets with something unknown in <place>
      Then the answer is OK
      And volume "alpha" belongs to "ann"
      And volume "alpha" is limited to 5000000 bytes and 7 buckets

      Examples:
        | place                 |
        | the request           |
        | the command           |
        | the innermost message |
        | the metadata          |

    Scenario Outline: A volume is given away with something unknown in <place>
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client gives volume "alpha" to "bob" with something unknown in <place>
      Then the answer is OK
      And volume "alpha" belongs to "bob"
      And volume "alpha" keeps its quota

      Examples:
        | place        |
        | the request  |
        | the command  |
        | the metadata |

    Scenario Outline: A read with something unknown in <place>
      Given volume "alpha" of "ann"
      When the client reads volume "alpha" with something unknown in <place>
      Then the answer shows volume "alpha" of "ann"
      And volume "alpha" is as it was

      Examples:
        | place        |
        | the request  |
        | the command  |
        | the metadata |

    Scenario Outline: What fails without it still fails: <operation>, with something unknown in <place>
      Given volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      When the client <operation> with something unknown in <place>
      Then the answer is <status>
      And volume "alpha" is as it was

      Examples:
        | operation                              | place                 | status                |
        | creates volume "alpha" of "bob"        | the request           | VOLUME_ALREADY_EXISTS |
        | creates volume "alpha" of "bob"        | the innermost message | VOLUME_ALREADY_EXISTS |
        | creates volume "al_pha"                | the command           | INVALID_VOLUME_NAME   |
        | deletes volume "alpha"                 | the command           | VOLUME_NOT_EMPTY      |
        | reads volume "beta"                    | the metadata          | VOLUME_NOT_FOUND      |
        | creates bucket "box" in volume "alpha" | the innermost message | BUCKET_ALREADY_EXISTS |
        | reads bucket "bag" in volume "alpha"   | the request           | BUCKET_NOT_FOUND      |

    Example: Volumes and buckets are deleted by a newer client
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      When the client deletes bucket "box" in volume "alpha" with something unknown in the command
      And the client deletes volume "alpha" with something unknown in the request
      Then the answer is OK
      And volume "alpha" is missing
