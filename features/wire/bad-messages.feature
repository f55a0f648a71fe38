@core @stage:plain
Feature: W - bad messages

  Anybody who reaches the port can send anything. What is no request is refused, and costs nobody else anything: nothing is
  changed, and the node goes on.

  @W-5 @must
  Rule: W-5 An undecodable message or a missing required field is refused with a non-OK gRPC status, nothing is changed, and the next call on the same connection works
    Source: Apache Ozone 2.2, as observed on the wire; it answers UNKNOWN, any other status than OK will do.
    Each message is a whole request but for its one fault, so that a reader who guesses what was meant carries it out. Wire
    types 6 and 7 and field number 0 do not exist. A known field of another wire type is an unknown field, so it is missing
    where it is required. A connection carries the calls of many; one that is closed for one bad message loses the others.
    The next call is a write that changes nothing: it stands in the log behind all that the bad message could have started,
    so what is read after it shows that too.

    Scenario Outline: A message that <fault>
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client creates volume "beta" in a message that <fault>
      Then the call is refused by gRPC
      And the same connection serves the next call
      And nothing has changed

      Examples: its form is broken
        | fault                                                |
        | has no byte                                          |
        | is text and no protobuf                              |
        | is nothing but ones                                  |
        | lacks its last byte                                  |
        | lacks its second half                                |
        | breaks off inside its command                        |
        | ends with a field that is longer than the rest       |
        | ends with a field of negative length                 |
        | ends with half a number                              |
        | ends with a number of eleven bytes                   |
        | ends with a group that is never closed               |
        | ends with a group that another number closes         |
        | ends with the close of a group that was never opened |
        | ends with a field of wire type 6                     |
        | ends with a field of wire type 7                     |
        | ends with a field of number 0                        |

      Examples: something required is missing
        | fault                                     |
        | does not say which command it is          |
        | says as text which command it is          |
        | does not say which client it is from      |
        | says as a number which client it is from  |
        | says neither its command nor its client   |
        | does not say what to create               |
        | does not name the volume                  |
        | does not name the owner                   |
        | does not name the admin                   |

    Scenario Outline: A client that <operation> in a message that <fault>
      Given volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      When the client <operation> in a message that <fault>
      Then the call is refused by gRPC
      And the same connection serves the next call
      And nothing has changed

      Examples:
        | operation                              | fault                                          |
        | gives volume "alpha" to "bob"          | ends with half a number                        |
        | gives volume "alpha" to "bob"          | does not say which client it is from           |
        | gives volume "alpha" to "bob"          | does not name the volume                       |
        | limits volume "alpha" to 6000000 bytes | ends with a group that is never closed         |
        | reads volume "alpha"                   | ends with a field that is longer than the rest |
        | reads volume "alpha"                   | does not say which client it is from           |
        | reads volume "alpha"                   | does not name the volume                       |
        | creates bucket "bag" in volume "alpha" | breaks off inside its command                  |
        | creates bucket "bag" in volume "alpha" | does not say what to create                    |
        | creates bucket "bag" in volume "alpha" | does not name the volume                       |
        | creates bucket "bag" in volume "alpha" | does not name the bucket                       |
        | creates bucket "bag" in volume "alpha" | does not say whether versions are kept         |
        | creates bucket "bag" in volume "alpha" | does not say what it is stored on              |
        | reads bucket "box" in volume "alpha"   | does not name the bucket                       |
        | deletes bucket "box" in volume "alpha" | ends with a number of eleven bytes             |
        | deletes bucket "box" in volume "alpha" | does not say which command it is               |
        | deletes bucket "box" in volume "alpha" | does not name the bucket                       |

    # Text that is not UTF-8 can be decoded in the dialect of protobuf that is spoken here: Ozone reads it with a character in
    # place of each bad byte, and refuses the name. Refusing the message is as good.
    Scenario Outline: Text that is no text, in a request that <operation>
      Given volume "alpha"
      When the client <operation> with a name that is not UTF-8
      Then the command is not reported as done
      And the same connection serves the next call
      And nothing has changed

      Examples:
        | operation                              |
        | creates volume "beta"                  |
        | reads volume "alpha"                   |
        | gives volume "alpha" to "bob"          |
        | creates bucket "box" in volume "alpha" |
        | deletes volume "alpha"                 |

  @W-6 @must
  Rule: W-6 A message above the limit is refused with RESOURCE_EXHAUSTED and the node stays up
    Source: Apache Ozone 2.2, as observed on the wire.
    The limit is ozone.om.grpc.maximum.response.length, which has its default here: 134217728 bytes. The message is a request
    that would be carried out, with a field that nobody knows behind it. What is large and below the limit is served: gRPC
    libraries come with a limit of 4194304 bytes, which a server that does not set its own has. That a message up to the
    very limit is served is not asked for, because a server's memory has a say in that.

    Example: One byte more than the limit
      Given volume "alpha"
      When the client creates volume "beta" in a message of 134217729 bytes
      Then the call is refused by gRPC with RESOURCE_EXHAUSTED
      And the node serves the next call
      And nothing has changed

    Example: A large message below the limit
      When the client creates volume "beta" of "ann" in a message of 8388608 bytes
      Then the answer is OK
      And volume "beta" belongs to "ann"

  @W-7 @must
  Rule: W-7 A method other than submitRequest is UNIMPLEMENTED
    Source: Apache Ozone 2.2, as observed on the wire.
    The message is a request that submitRequest would carry out. Clients detect an extension that is a service of its own by
    this answer, so nothing may answer in its place. Names of methods are compared as they are, letter case included.

    Scenario Outline: <method>
      Given volume "alpha"
      When the client creates volume "beta" by method "<method>"
      Then the call is refused by gRPC with UNIMPLEMENTED
      And the node serves the next call
      And nothing has changed

      Examples: other methods of the service
        | method                                           |
        | /hadoop.ozone.OzoneManagerService/other          |
        | /hadoop.ozone.OzoneManagerService/SubmitRequest  |
        | /hadoop.ozone.OzoneManagerService/submitrequest  |
        | /hadoop.ozone.OzoneManagerService/submitRequest2 |
        | /hadoop.ozone.OzoneManagerService/submitRequest/ |
        | /hadoop.ozone.OzoneManagerService/               |

      Examples: other services
        | method                                            |
        | /hadoop.ozone.OzoneManager/submitRequest          |
        | /hadoop.ozone.ozonemanagerservice/submitRequest   |
        | /hadoop.ozone.v2.OzoneManagerService/submitRequest |
        | /OzoneManagerService/submitRequest                |
        | /om.conformance.v1.Nothing/submitRequest          |
        | /submitRequest                                    |
