@follower-reads @stage:follower-reads
Feature: FR-STATE - the state id

  Whoever answers says how far the state behind the answer is, and a client hands the greatest id that it was given to whomever it
  asks next. `client "foo"` does so, with what its own answers have taught it; `the client` sends the id that the step says. An
  echo is a call that reads nothing: any node answers it at once, with its id.

  @FR-STATE-1 @must
  Rule: FR-STATE-1 With the feature on, every answer of submitRequest to a request that was decoded, success or error, carries `om-state-id`
    Source: seed 000 (section 2), HDFS observer reads (B02).
    Also the answer that says that something is missing, or that another node leads: a client may act upon those too.

    Background:
      Given a settled cluster
      And volumes "alpha" and "beta"
      And bucket "box" in volume "alpha"

    Scenario Outline: Every node is asked by a client that <operation>
      When the client <operation> on every node
      Then every answer carries a state id

      Examples:
        | operation                     |
        | reads volume "alpha"          |
        | reads volume "gamma"          |
        | gives volume "alpha" to "bob" |
        | creates volume "alpha"        |
        | deletes volume "gamma"        |
        | msyncs                        |
        | reads an echo                 |
        | writes an echo                |

    Scenario Outline: Every node is asked with <hint>
      When the client reads volume "alpha" on every node with <hint>
      Then every answer carries a state id

      Examples:
        | hint                        |
        | DEFAULT                     |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |
        | LOCAL_LEASE                 |

    Scenario Outline: Every node is asked with <id>
      When the client reads volume "alpha" on every node with <id>
      Then every answer carries a state id

      Examples:
        | id                       |
        | its own id               |
        | the leader's id          |
        | the greatest id there is |
        | the id "main"            |

    Example: Every node is asked with a call id that is none
      When the client gives volume "alpha" to "bob" on every node with the call id "one"
      Then every answer carries a state id

    Scenario Outline: Followers are asked for <commands>
      Given key "a" in bucket "box" in volume "alpha"
      When the client asks every follower for <commands> with each hint
      Then every answer carries a state id

      Examples:
        | commands                                                          |
        | CreateVolume, InfoVolume, ListVolume and DBUpdates                |
        | CreateKey, LookupKey, ListKeys and GetFileStatus                  |
        | AddAcl, GetAcl, SnapshotDiff and ListSnapshot                     |
        | ServiceList, PrepareStatus, TransferLeadership and UnknownCommand |

    Example: A follower is asked for more than there is, until it gives up
      When the client reads volume "alpha" on a follower with an id 1000 entries ahead of the leader, and waits
      And the wait is over
      Then every answer carries a state id

  @FR-STATE-2 @must
  Rule: FR-STATE-2 After any answer with a business status, OK or not, the id covers the write and the state that decided it: also for a write that changed nothing because it was already so, for a refused one, and for a repeated call answered from memory
    Source: seed 000, HDFS observer reads (B58).
    What bar is answered rests on what foo wrote, so bar is told of it. Whether an id really covers a write shows at a follower
    that does not have the write: asked with the id, it must not answer from what it has.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: Somebody else has just given the volume away, and bar <operation>
      When client "foo" gives volume "alpha" to "bob"
      And client "bar" <operation>
      Then client "bar" knows all that client "foo" knows

      Examples:
        | operation                     |
        | gives volume "alpha" to "bob" |
        | creates volume "alpha"        |
        | deletes volume "gamma"        |
        | reads volume "alpha"          |
        | reads volume "gamma"          |

    @needs:pause-apply @disruptive
    Example: A follower that has stopped applying is asked by the writer
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

    @needs:pause-apply @disruptive
    Scenario Outline: A follower that has stopped applying is asked by bar, who <operation> before
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "bar" <operation>
      And client "bar" reads volume "alpha" there, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

      Examples:
        | operation                     |
        | gives volume "alpha" to "bob" |
        | creates volume "alpha"        |
        | deletes volume "gamma"        |
        | reads volume "gamma"          |

    @needs:pause-apply @disruptive
    Example: A follower that has stopped applying is asked by bar, and has the leader confirm what it answers
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "bar" reads volume "alpha" there with LINEARIZABLE_ALLOW_FOLLOWER, and waits
      And it comes back
      Then client "bar" knows all that client "foo" knows

    @needs:pause-apply @disruptive
    Scenario Outline: The leader has not applied what foo wrote, and bar too <operation>
      Given from now on the leader has stopped applying
      When client "cid" reads an echo there
      And client "foo" <operation> there, and waits
      And client "bar" <operation> there, and waits
      And it comes back
      Then client "cid" is told less than client "bar" knows

      Examples:
        | operation                     |
        | creates volume "gamma"        |
        | gives volume "alpha" to "bob" |

    @needs:pause-apply @disruptive
    Example: A follower that has stopped applying is asked with the id of a repeated call
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob" as call "give"
      And the client sends call "give" again
      And the client reads volume "alpha" there with the id of that answer, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

  @FR-STATE-3 @must
  Rule: FR-STATE-3 On one node, between restarts, ids never decrease over two calls of which the second was sent after the first was answered
    Source: seed 000, HDFS observer reads (B01).
    Calls that are under way at once may be answered in any order.

    Scenario Outline: Several clients <change>, and read it on every node
      Given a settled cluster
      When 4 clients <change> 6 times each and read it on every node
      Then no node has ever said a lower id than before

      Examples:
        | change             |
        | create a volume    |
        | give away a volume |

    Scenario Outline: Several clients <change> and read it on every node, while another <operation> there with <id>
      Given a settled cluster
      And volume "alpha"
      When 4 clients <change> 6 times each and read it on every node, while another <operation> there with <id>
      Then no node has ever said a lower id than before

      Examples:
        | change             | operation            | id                       |
        | create a volume    | reads an echo        | no id                    |
        | give away a volume | msyncs               | no id                    |
        | create a volume    | writes an echo       | the leader's id          |
        | give away a volume | reads an echo        | the greatest id there is |
        | create a volume    | reads volume "alpha" | the greatest id there is |

    @needs:pause-apply @needs:transfer-group @disruptive
    Example: A follower that has stopped applying becomes the leader
      Given a follower that has stopped applying
      When client "foo" reads an echo there
      And leadership is handed to it
      And client "bar" reads an echo there
      Then client "bar" knows all that client "foo" knows

  @FR-STATE-4 @must @needs:pause-apply @needs:isolate-node @disruptive
  Rule: FR-STATE-4 A node's id never exceeds what a read on that node can see, and nothing uncommitted is ever visible
    Source: seed 000 (lastAppliedIndex), HDFS observer reads (B56).
    A node that has stopped applying has in its log what it cannot show. A leader that is cut off has there what was never committed.

    @needs:status
    Scenario Outline: A follower that has stopped applying is asked by bar, who <operation>
      Given volume "alpha" of "ann"
      And a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And that node has heard what is committed
      And client "bar" <operation> there
      Then client "bar" is told less than client "foo" knows

      Examples:
        | operation                     |
        | reads an echo                 |
        | reads volume "alpha"          |
        | gives volume "alpha" to "cid" |
        | msyncs                        |

    @needs:status
    Scenario Outline: The leader has stopped applying what is committed, and is asked by bar, who <operation>
      Given from now on the leader has stopped applying
      When client "foo" writes an echo there, and waits
      And that node has heard what is committed
      And client "bar" <operation> there
      And it comes back
      Then client "bar" is told less than client "foo" knows

      Examples:
        | operation     |
        | reads an echo |
        | msyncs        |

    Example: A leader that is cut off says no more than before of what it is asked to write
      Given volume "alpha" of "ann"
      And from now on the leader is cut off
      When client "foo" reads an echo there
      And the client gives volume "alpha" to "bob" there 8 times at once
      And client "bar" reads an echo there
      Then client "foo" knows all that client "bar" knows

    Example: A leader that is cut off does not show what it is asked to write
      Given volume "alpha" of "ann"
      And from now on the leader is cut off
      And the client gives volume "alpha" to "bob" there 8 times at once
      When the client reads volume "alpha" there 8 times at once
      Then every answer, if any, shows volume "alpha" of "ann"

  @FR-STATE-5 @must
  Rule: FR-STATE-5 A client's id never changes what other clients get
    Source: HDFS observer reads (B18).
    An id that nobody can serve is the business of whoever sends it.

    Scenario Outline: One client sends <id>, and another asks every node
      Given volume "alpha" of "ann"
      When the client <operation> on every node with <id>
      And the client reads an echo on every node with no id
      Then no node claims an id that nobody has written

      Examples:
        | operation                     | id                                        |
        | reads an echo                 | the greatest id there is                  |
        | gives volume "alpha" to "bob" | the greatest id there is                  |
        | reads volume "alpha"          | the greatest id there is                  |
        | msyncs                        | an id 1000000 entries ahead of the leader |

    Example: One client waits for what nobody has written, and others are answered
      Given volume "alpha" of "ann"
      When the client reads volume "alpha" on a follower with an id 1000 entries ahead of the leader, and waits
      And client "bar" msyncs
      And client "bar" reads volume "alpha" on every node
      Then the answer shows volume "alpha" of "ann"

  @FR-STATE-6 @must
  Rule: FR-STATE-6 A malformed vector is refused with INVALID_ARGUMENT and the request is not executed
    Source: decided here.
    Also by a request to which no id matters, and an entry of a group that nobody knows. What is malformed says
    `docs/spec/wire-binding.md`, section 3.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: The client writes with the id <id>
      When the client gives volume "alpha" to "bob" on the leader with the id <id>
      Then the call is refused by gRPC with INVALID_ARGUMENT
      And volume "alpha" belongs to "ann"

      Examples: no index
        | id        |
        | ""        |
        | "main"    |
        | "main:"   |
        | "12"      |
        | "main=12" |

      Examples: no index that there may be
        | id                                               |
        | "main:-1"                                        |
        | "main:+1"                                        |
        | "main:01"                                        |
        | "main:0x1f"                                      |
        | "main:1e3"                                       |
        | "main:1.0"                                       |
        | "main:one"                                       |
        | "main:1:2"                                       |
        | "main:9223372036854775808"                       |
        | "main:18446744073709551616"                      |
        | "0f0e0d0c-0b0a-0908-0706-050403020100:01"        |
        | "main:1,0f0e0d0c-0b0a-0908-0706-050403020100:-1" |

      Examples: no group
        | id                                         |
        | ":1"                                       |
        | "Main:1"                                   |
        | "other:1"                                  |
        | "0F0E0D0C-0B0A-0908-0706-050403020100:1"   |
        | "0f0e0d0c0b0a09080706050403020100:1"       |
        | "{0f0e0d0c-0b0a-0908-0706-050403020100}:1" |
        | "0f0e0d0c-0b0a-0908-0706-05040302010:1"    |

      Examples: no list
        | id                                                                                     |
        | "main:1,"                                                                              |
        | ",main:1"                                                                              |
        | "main:1,,0f0e0d0c-0b0a-0908-0706-050403020100:1"                                       |
        | "main:1;0f0e0d0c-0b0a-0908-0706-050403020100:1"                                        |
        | "main:1,main:1"                                                                        |
        | "main:1,main:2"                                                                        |
        | "0f0e0d0c-0b0a-0908-0706-050403020100:1,main:1,0f0e0d0c-0b0a-0908-0706-050403020100:1" |

      Examples: white space
        | id                                               |
        | "main: 1"                                        |
        | "main :1"                                        |
        | "main:1, 0f0e0d0c-0b0a-0908-0706-050403020100:1" |

    Scenario Outline: Every node is asked with <id> by a client that <operation>
      When the client <operation> on every node with <id>
      Then the call is refused by gRPC with INVALID_ARGUMENT

      Examples:
        | operation            | id                     |
        | reads volume "alpha" | the id "main"          |
        | reads volume "alpha" | the id "main:-1"       |
        | reads volume "alpha" | the id "main:1,main:1" |
        | reads volume "alpha" | an id of 129 groups    |
        | reads an echo        | the id "main:01"       |
        | msyncs               | the id "main:01"       |
        | writes an echo       | an id of 129 groups    |

    Scenario Outline: Every node is asked with <hint> and an id that is malformed
      When the client reads volume "alpha" on every node with <hint> and the id "main:-1"
      Then the call is refused by gRPC with INVALID_ARGUMENT

      Examples:
        | hint                        |
        | DEFAULT                     |
        | LINEARIZABLE_LEADER_ONLY    |
        | LINEARIZABLE_ALLOW_FOLLOWER |
        | LOCAL_LEASE                 |

    Example: A call that was carried out is sent again with an id that is malformed
      When the client gives volume "alpha" to "bob" as call "give"
      And the client sends call "give" again with the id "main:-1"
      Then the call is refused by gRPC with INVALID_ARGUMENT

    Scenario Outline: A read is answered as if it had no id, or a lower one, with <id>
      When the client reads volume "alpha" on the leader with <id>
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | id                                                                |
        | the id "main:0"                                                   |
        | the id "0f0e0d0c-0b0a-0908-0706-050403020100:9"                   |
        | the id "0f0e0d0c-0b0a-0908-0706-050403020100:9,main:1"            |
        | the id "ffffffff-ffff-ffff-ffff-ffffffffffff:9223372036854775807" |
        | an id of 128 groups                                               |

    Scenario Outline: Followers are asked for no more of their own group than they have, with <id>
      Given every follower has shown volume "alpha" of "ann"
      When the client reads volume "alpha" on every follower with <id>
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | id                                                                       |
        | the id "main:0"                                                          |
        | the id "main:0,ffffffff-ffff-ffff-ffff-ffffffffffff:9223372036854775807" |
        | the id "ffffffff-ffff-ffff-ffff-ffffffffffff:9223372036854775807,main:0" |

  @FR-STATE-8 @must @needs:restart-node @disruptive
  Rule: FR-STATE-8 A node restarted from disk never reports an id that it cannot serve
    Source: HDFS observer reads (B67).
    In its log it may have what was never committed, and in its state less than before. What it serves is what a read there shows.

    @needs:kill-node
    Example: The leader has in its log what it was asked in vain, and is restarted alone
      Given from now on every follower is down
      When client "foo" reads an echo on the leader
      And the client writes an echo on the leader 8 times with no id, and waits
      And the leader is restarted
      And client "bar" reads an echo on the leader
      Then client "foo" knows all that client "bar" knows

    @needs:pause-apply
    Example: A follower has in its log what it has not applied, and is restarted
      Given volume "alpha" of "ann"
      And a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And that follower is restarted
      And client "bar" reads an echo and then reads volume "alpha" there
      Then client "bar" is shown volume "alpha" of "bob" if it knows what client "foo" knows

    Example: A follower is restarted right after a write
      Given volume "alpha" of "ann"
      When client "foo" gives volume "alpha" to "bob"
      And that follower is restarted
      And client "bar" reads an echo and then reads volume "alpha" on that follower
      Then client "bar" is shown volume "alpha" of "bob" if it knows what client "foo" knows

  @FR-STATE-9 @must @needs:reformat @disruptive
  Rule: FR-STATE-9 A cluster that was reformatted or restored says so by another `om-cluster` trailer, and a client that knew another value drops its vector and syncs again
    Source: HDFS observer reads (P13).
    Only the first half is judged yet, what the servers say. That a client forgets what it knew is judged with the rules of clients. The
    name of a cluster comes with every answer, and stays as long as its data do: whoever is told another one forgets what it knew.
    A cluster is not restored here, since nothing that the kit may ask for does that.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Example: The cluster is reformatted
      When client "foo" reads an echo on every node
      And the cluster is reformatted
      And client "bar" reads volume "alpha" on every node
      Then client "bar" is told of another cluster than client "foo"

    Example: The cluster is reformatted twice
      When client "foo" reads an echo on every node
      And the cluster is reformatted
      And client "foo" reads an echo on every node
      And the cluster is reformatted
      And client "bar" reads an echo on every node
      Then client "bar" is told of another cluster than client "foo"

    @needs:restart-node
    Example: The cluster is reformatted, and a follower is restarted
      When client "foo" reads an echo on every node
      And the cluster is reformatted
      And that follower is restarted
      And client "bar" reads an echo on every node
      Then client "bar" is told of another cluster than client "foo"

    @needs:restart-node
    Example: A follower is restarted
      When client "foo" reads an echo on every node
      And that follower is restarted
      And client "bar" reads an echo on every node
      Then client "bar" is told of the same cluster as client "foo"

    @needs:restart-node
    Example: The leader is restarted, and every node has heard of whoever leads now
      When client "foo" reads an echo on every node
      And the leader is restarted
      And volume "beta" of "bob"
      And every node has shown volume "beta" of "bob"
      And client "bar" reads an echo on every node
      Then client "bar" is told of the same cluster as client "foo"

    Scenario Outline: Every node is asked by bar, who <operation>
      When client "foo" reads an echo on every node
      And client "bar" <operation> on every node
      Then client "bar" is told of the same cluster as client "foo"

      Examples:
        | operation                     |
        | reads volume "alpha"          |
        | reads volume "gamma"          |
        | gives volume "alpha" to "bob" |
        | creates volume "alpha"        |
        | msyncs                        |
