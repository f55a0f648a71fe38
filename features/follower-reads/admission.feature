@follower-reads @stage:follower-reads
Feature: FR-ADMIT - which reads a node answers

  A read that says an id is answered by any node, once the node has come as far. One that says neither id nor hint is the leader's,
  or a follower has the leader confirm it first.

  @FR-ADMIT-1 @must
  Rule: FR-ADMIT-1 A coordinated read without id or hint is never answered from unconfirmed follower state: refused, or confirmed with the leader
    Source: HDFS observer reads (B12), and decided here.
    A client that knows nothing of follower reads must not notice them. What it said with one call does not count for the next.

    Background:
      Given a settled cluster
      And volumes "alpha" and "beta"
      And bucket "box" in volume "alpha"

    @needs:pause-apply @disruptive
    Example: A follower that has stopped applying is asked
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with no id, and waits
      And it comes back
      Then every answer, if any, shows volume "alpha" of "bob"

    @needs:pause-apply @disruptive
    Scenario Outline: A follower that has stopped applying is asked with an id that says nothing of the group
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with <id>, and waits
      And it comes back
      Then every answer, if any, shows volume "alpha" of "bob"

      Examples:
        | id                                              |
        | the id "0f0e0d0c-0b0a-0908-0706-050403020100:1" |

    @needs:pause-apply @disruptive
    Example: A follower that has stopped applying is asked by a client that has said an id before
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with its own id
      And the client reads volume "alpha" there with no id, and waits
      And it comes back
      Then every answer, if any, shows volume "alpha" of "bob"

    @needs:isolate-node @disruptive
    Scenario Outline: A follower that is cut off is asked for <commands>
      Given key "a" in bucket "box" in volume "alpha"
      And a follower that is cut off
      When the client sends <commands> to that follower with no id
      Then no read is confirmed

      Examples:
        | commands                                                      |
        | InfoVolume, ListVolume, InfoBucket and ListBuckets            |
        | LookupKey, GetKeyInfo, GetFileStatus, ListKeys and ListStatus |

    @needs:isolate-node @disruptive
    Example: A follower that is cut off is asked again and again, and the others go on
      Given a follower that is cut off
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 4 times at once
      And the client reads volume "alpha" there 4 times at once
      Then each is refused for now, within the read time-out

  @FR-ADMIT-2 @must @needs:pause-apply @disruptive
  Rule: FR-ADMIT-2 An uncoordinated command is answered at once by any node, however far behind
    Source: seed 000 (isCoordinatedCall), HDFS observer reads (B11, B28).
    An echo that reads nothing, and the status of a preparation, which is a node's own.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: A follower at which a read waits is asked for <commands> with <id>
      Given a follower that has stopped applying
      When the client reads volume "alpha" there with an id 1 entry ahead of it, and waits
      And the client sends <commands> to that follower with <id>
      Then each node answers the command
      And the read waits

      Examples:
        | commands      | id                        |
        | PrepareStatus | no id                     |
        | PrepareStatus | an id 1 entry ahead of it |
        | PrepareStatus | the greatest id there is  |

    Scenario Outline: A follower at which a read waits is asked for an echo with <id>
      Given a follower that has stopped applying
      When the client reads volume "alpha" there with an id 1 entry ahead of it, and waits
      And the client reads an echo there with <id>
      Then the answer is OK
      And the read waits

      Examples:
        | id                               |
        | no id                            |
        | an id 1 entry ahead of it        |
        | an id 160001 entries ahead of it |
        | the greatest id there is         |

    Example: A follower that lacks a write is asked for an echo by the writer
      Given a follower that has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And client "foo" reads an echo there
      Then the answer is OK
      And the read waits

    @needs:status
    Example: The leader has not applied what the client has seen, and is asked for an echo
      Given from now on the leader has stopped applying
      When client "foo" gives volume "alpha" to "bob" there, and waits
      And that node has heard what is committed
      And the client reads an echo there with an id 1 entry ahead of it
      Then the answer is OK

    @needs:isolate-node
    Example: A follower that is cut off, and finds nobody to confirm a read, is asked for an echo
      Given a follower that is cut off
      When the client reads volume "alpha" there 4 times at once
      And the client reads an echo there with the greatest id there is
      Then the answer is OK

  @FR-ADMIT-3 @must
  Rule: FR-ADMIT-3 Every read command is in exactly one class and behaves so
    Source: seed 000, HDFS observer reads (1.1).
    Coordinated: it waits for the state. Uncoordinated: any node answers it at once (FR-ADMIT-2). Leader-only: followers refuse it at once,
    as they do every write. Any node: a follower sends nobody elsewhere. The tables hold each command once; of what an OM does not carry
    out no class can be seen, so each row has a command that all do.

    Background:
      Given a settled cluster
      And volumes "alpha" and "beta"
      And bucket "box" in volume "alpha"

    Scenario Outline: Coordinated: followers are asked for <commands>
      Given key "a" in bucket "box" in volume "alpha"
      When the client sends <commands> to every follower with an id 1000 entries ahead of the leader, and waits
      Then the read waits

      Examples:
        | commands                                                                  |
        | InfoVolume, CheckVolumeAccess, GetS3VolumeContext, GetAcl and ListTrash   |
        | ListVolume, ListTenant, TenantGetUserInfo and TenantListUser              |
        | InfoBucket, GetBucketTagging, ListMultipartUploads and ListSnapshot       |
        | ListBuckets, GetLifecycleConfiguration and GetLifecycleServiceStatus      |
        | LookupKey, ListMultiPartUploadParts, GetSnapshotInfo and RefetchSecretKey |
        | GetKeyInfo, ListKeys, ListKeysLight and ListOpenFiles                     |
        | GetFileStatus, LookupFile, ListStatus and ListStatusLight                 |
        | GetObjectTagging, PrintCompactionLogDag and FinalizeUpgradeProgress       |

    Scenario Outline: Uncoordinated: followers at which a read waits are asked for <commands>
      When the client reads volume "alpha" on every follower with an id 1000 entries ahead of the leader, and waits
      And the client sends <commands> to every follower with an id 1000 entries ahead of the leader
      Then each node answers the command
      And the read waits

      Examples:
        | commands      |
        | PrepareStatus |

    Scenario Outline: Leader-only: followers at which a read waits are asked for <commands>
      Given key "a" in bucket "box" in volume "alpha"
      When the client reads volume "alpha" on every follower with an id 1000 entries ahead of the leader, and waits
      And the client sends <commands> to every follower with an id 1000 entries ahead of the leader
      Then the call is refused with OMNotLeaderException
      And the read waits

      Examples: reads
        | commands                                                                      |
        | Msync                                                                         |
        | DBUpdates                                                                     |
        | SnapshotDiff, SubmitSnapshotDiff, CancelSnapshotDiff and ListSnapshotDiffJobs |
        | SetSafeMode, RangerBGSync, StartQuotaRepair and GetQuotaRepairStatus          |

      Examples: writes
        | commands                                                                       |
        | CreateVolume, SetVolumeProperty and DeleteVolume                               |
        | CreateBucket, SetBucketProperty and DeleteBucket                               |
        | CreateKey, CommitKey and AllocateBlock                                         |
        | RenameKey, RenameKeys, DeleteKey and DeleteKeys                                |
        | CreateDirectory, CreateFile, RecoverLease and SetTimes                         |
        | PutObjectTagging and DeleteObjectTagging                                       |
        | InitiateMultiPartUpload and CommitMultiPartUpload                              |
        | CompleteMultiPartUpload and AbortMultiPartUpload                               |
        | CreateSnapshot, DeleteSnapshot, RenameSnapshot and SetSnapshotProperty         |
        | AddAcl, RemoveAcl and SetAcl                                                   |
        | GetS3Secret, SetS3Secret and RevokeS3Secret                                    |
        | GetDelegationToken, RenewDelegationToken and CancelDelegationToken             |
        | CreateTenant, DeleteTenant, TenantAssignAdmin and TenantRevokeAdmin            |
        | TenantAssignUserAccessId, TenantRevokeUserAccessId and SetRangerServiceVersion |
        | EchoRPC                                                                        |
        | FinalizeUpgrade, Prepare, CancelPrepare and QuotaRepair                        |
        | DeleteOpenKeys, PurgeKeys, PurgeDirectories and PurgePaths                     |
        | SnapshotMoveDeletedKeys, SnapshotMoveTableKeys and SnapshotPurge               |
        | AbortExpiredMultiPartUploads, RecoverTrash and UnknownCommand                  |

    Scenario Outline: Writes that the newest upstream has: followers are asked for <commands>
      When the client sends <commands> to every follower with an id 1000 entries ahead of the leader
      Then the command is not reported as done

      Examples:
        | commands                                                   |
        | PutBucketTagging and DeleteBucketTagging                   |
        | SetLifecycleConfiguration and DeleteLifecycleConfiguration |
        | SetLifecycleServiceStatus and SaveLifecycleScanState       |

    Scenario Outline: Any node: followers are asked for <commands>
      When the client sends <commands> to every follower with an id 1000 entries ahead of the leader
      Then each node answers the command

      Examples:
        | commands           |
        | TransferLeadership |
        | ServiceList        |

    Scenario Outline: Any node: followers are asked for TransferLeadership and ServiceList with <id>
      When the client sends TransferLeadership and ServiceList to every follower with <id>
      Then each node answers the command

      Examples:
        | id         |
        | no id      |
        | its own id |

  @FR-ADMIT-4 @must
  Rule: FR-ADMIT-4 A follower further behind than the configured lag refuses at once with RetriableException; exactly at the limit it waits
    Source: HDFS observer reads (B13).
    The stage has the default limit of 160,000 entries. A read that waits is refused too in the end (FR-QUEUE-5), so the one that is
    refused at once is asked while an earlier one goes on waiting. How far a follower is behind is counted from what it has applied.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: A follower is asked for <one> and then for <other>
      Given every follower has shown volume "alpha" of "ann"
      When the client reads volume "alpha" on a follower with <one>, and waits
      And the client reads volume "alpha" on a follower with <other>
      Then the call is refused with RetriableException
      And the read waits

      Examples:
        | one                              | other                            |
        | an id 160000 entries ahead of it | an id 160001 entries ahead of it |
        | an id 1000 entries ahead of it   | the greatest id there is         |
        | an id 1000 entries ahead of it   | the id "main:4294967296"         |

    Example: A follower is asked under a lease for more than it may wait for
      Given every follower has shown volume "alpha" of "ann"
      When the client reads volume "alpha" on a follower with an id 1000 entries ahead of it, and waits
      And the client reads volume "alpha" on a follower with LOCAL_LEASE and an id 160001 entries ahead of it
      Then the call is refused with RetriableException
      And the read waits

    @needs:pause-apply @disruptive
    Example: A follower that has heard of a write and not applied it is asked at the limit and beyond
      Given a follower that has stopped applying
      When the client gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with an id 160000 entries ahead of it, and waits
      And the client reads volume "alpha" there with an id 160001 entries ahead of it
      Then the call is refused with RetriableException
      And the read waits

  @FR-ADMIT-5 @must @needs:pause-apply @needs:freeze-node @disruptive
  Rule: FR-ADMIT-5 A leader whose applied index is below the read's entry waits if the entry is at or below its commit index; if it is above, it confirms leadership (ReadIndex) first, then answers from a state at or above the confirmed index, or refuses. Nobody's id changes; a write is neither delayed nor refused for its id
    Source: HDFS observer reads (B15), and stricter: HDFS answers at once.
    What is committed will be applied. What a confirmed leader has not committed was never acknowledged to anybody, however the client
    came by that id.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    Scenario Outline: The leader is asked to read with <id>
      When the client reads volume "alpha" on the leader with <id>
      Then the answer shows volume "alpha" of "ann"

      Examples:
        | id                                       |
        | the leader's id                          |
        | an id 1 entry ahead of the leader        |
        | an id 1000 entries ahead of the leader   |
        | an id 160001 entries ahead of the leader |
        | the greatest id there is                 |

    Scenario Outline: The leader is asked to write with <id>
      When the client gives volume "alpha" to "bob" on the leader with <id>
      Then volume "alpha" belongs to "bob"

      Examples:
        | id                                       |
        | an id 1 entry ahead of the leader        |
        | an id 160001 entries ahead of the leader |
        | the greatest id there is                 |

    Example: Every follower is frozen, and the leader is asked for what it cannot have committed
      Given from now on every follower is frozen
      When the client reads volume "alpha" on the leader with the greatest id there is
      Then no read is confirmed

    Example: The leader has stopped applying, and is asked for what it has applied
      Given from now on the leader has stopped applying
      When the client reads volume "alpha" there with its own id
      Then the answer shows volume "alpha" of "ann"

    @needs:status
    Scenario Outline: The leader has not applied all that it has committed, and is asked with <id>
      Given from now on the leader has stopped applying
      When client "foo" gives volume "alpha" to "bob" there, and waits
      And that node has heard what is committed
      And the client reads volume "alpha" there with <id>, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

      Examples:
        | id                             |
        | an id 1 entry ahead of it      |
        | an id 1000 entries ahead of it |

    @needs:status
    Scenario Outline: The leader has committed what the id says, has not applied it yet, and is asked with <hint>
      Given from now on the leader has stopped applying
      When client "foo" gives volume "alpha" to "bob" there, and waits
      And that node has heard what is committed
      And the client reads volume "alpha" there with <hint> and an id 1 entry ahead of it, and waits
      And it comes back
      Then the answer shows volume "alpha" of "bob"

      Examples:
        | hint                     |
        | DEFAULT                  |
        | LINEARIZABLE_LEADER_ONLY |
        | LOCAL_LEASE              |

  @FR-ADMIT-6 @must @needs:restart-node @needs:snapshot @disruptive
  Rule: FR-ADMIT-6 A node that does not serve reads (starting, installing a snapshot) refuses at once; it never lets a read wait
    Source: HDFS observer reads (B16, P26), and stricter: HDFS lets it wait.
    From its start on such a node answers with what the client asks for, or refuses it for now. What is old, or not there yet, it never shows.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"

    @needs:kill-node
    Example: A follower comes back from the log, and is asked from the first moment on
      Given a follower that is down
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there from its start on
      Then every answer shows volume "alpha" of "bob"
      And no read was refused for good

    @needs:kill-node
    Example: A follower comes back from a snapshot, and is asked from the first moment on
      Given a follower that is down
      When client "foo" creates volume "beta" of "bob"
      And the others keep a snapshot and drop the log before it
      And client "foo" reads volume "beta" there from its start on
      Then every answer shows volume "beta" of "bob"
      And no read was refused for good

  @FR-ADMIT-7 @must @needs:pause-apply @needs:transfer-group @disruptive
  Rule: FR-ADMIT-7 A waiting read whose node becomes non-serving is refused; one whose node becomes leader follows FR-ADMIT-5
    Source: HDFS observer reads (B17).
    A read that waits for more than there is would wait in vain at a leader: it is answered from what the leader has confirmed.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"
      And a follower that has stopped applying

    Example: The node becomes the leader while a read waits for what it has not applied
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And leadership is handed to it
      Then the read waits
      When it comes back
      Then the answer shows volume "alpha" of "bob"

    Example: The node becomes the leader while several reads wait for more than there is
      When client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there 3 times with an id 1000 entries ahead of the leader, and waits
      And leadership is handed to it
      And it comes back
      Then the answer shows volume "alpha" of "bob"

    Example: The node leads for a while, and follows again
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And leadership is handed to it
      And leadership is handed on to a follower
      And it comes back
      Then every answer, if any, shows volume "alpha" of "bob"

  @FR-ADMIT-8 @must @needs:pause-apply @disruptive
  Rule: FR-ADMIT-8 A write at a follower is refused whatever its id; a follower's own old state never shows as a final application error of a write
    Source: HDFS observer reads (B69, P18).
    What the follower lacks might be there, and what it has might be gone.

    Background:
      Given a settled cluster
      And volumes "alpha" and "beta"
      And a follower that has stopped applying

    Scenario Outline: It lacks the volume, and is asked with <id> for a bucket in it
      When the client creates volume "gamma"
      And the client creates bucket "box" in volume "gamma" there with <id>
      Then the call is refused with OMNotLeaderException
      And bucket "box" in volume "gamma" is missing

      Examples:
        | id                       |
        | no id                    |
        | its own id               |
        | the leader's id          |
        | the greatest id there is |

    Scenario Outline: A client that knows better <operation> there
      When client "foo" deletes volume "beta"
      And client "foo" creates volume "gamma" of "ann"
      And client "foo" <operation> there
      Then the call is refused with OMNotLeaderException
      And volume "beta" is missing

      Examples:
        | operation                     |
        | creates volume "gamma"        |
        | deletes volume "gamma"        |
        | gives volume "gamma" to "bob" |
        | creates volume "beta"         |
        | gives volume "beta" to "bob"  |
        | creates volume "alpha"        |

    Example: It is asked for what no state could allow
      When the client creates a volume with a name of 64 characters there with no id
      Then the call is refused with OMNotLeaderException

    Example: A write waits for nothing
      When the client reads volume "alpha" there with an id 1 entry ahead of it, and waits
      And the client gives volume "alpha" to "bob" there with an id 1 entry ahead of it
      Then the call is refused with OMNotLeaderException
      And the read waits

  @FR-ADMIT-9 @must @needs:pause-apply @disruptive
  Rule: FR-ADMIT-9 A follower never turns its being behind into an application error of a coordinated read (no KEY_NOT_FOUND for a key that the id covers)
    Source: HDFS observer reads (B46).
    Nor does it show what is gone.

    Background:
      Given a settled cluster
      And volumes "alpha" and "beta"
      And bucket "box" in volume "alpha"

    Scenario Outline: A follower that has stopped applying lacks what the client has made, which then <reads>
      Given a follower that has stopped applying
      When client "foo" <makes>
      And client "foo" <reads> there, and waits
      And it comes back
      Then the answer is OK

      Examples:
        | makes                                                     | reads                                                       |
        | creates volume "gamma"                                    | reads volume "gamma"                                        |
        | creates bucket "bag" in volume "alpha"                    | reads bucket "bag" in volume "alpha"                        |
        | creates bucket "bag" in volume "alpha"                    | lists the keys of bucket "bag" in volume "alpha"            |
        | creates directory "dir" in bucket "box" in volume "alpha" | reads the status of "dir" in bucket "box" in volume "alpha" |

    Example: A follower that has stopped applying lacks a directory, and the bucket that it is in
      Given a follower that has stopped applying
      When client "foo" creates bucket "bag" in volume "alpha"
      And client "foo" creates directory "dir" in bucket "bag" in volume "alpha"
      And client "foo" reads the status of "dir" in bucket "bag" in volume "alpha" there, and waits
      And it comes back
      Then the answer is OK

    Example: A follower that has stopped applying lacks a key that bar has msynced for
      Given a follower that has stopped applying
      When the client writes key "a" in bucket "box" in volume "alpha"
      And client "bar" msyncs
      And client "bar" reads key "a" in bucket "box" in volume "alpha" there, and waits
      And it comes back
      Then the answer is OK

    Scenario Outline: A follower that has stopped applying has what is gone, and the client <reads>
      Given key "a" in bucket "box" in volume "alpha"
      And a follower that has stopped applying
      When client "foo" <removes>
      And client "foo" <reads> there, and waits
      And it comes back
      Then the answer is <status>

      Examples:
        | removes                                           | reads                                           | status           |
        | deletes volume "beta"                             | reads volume "beta"                             | VOLUME_NOT_FOUND |
        | deletes key "a" in bucket "box" in volume "alpha" | reads key "a" in bucket "box" in volume "alpha" | KEY_NOT_FOUND    |

  @FR-ADMIT-10 @must @needs:membership @disruptive
  Rule: FR-ADMIT-10 A learner that serves reads obeys every FR rule and never answers Msync: it is the nearest thing to HDFS's observer
    Source: seed 002 (Architecture).
    A learner may refuse to serve reads at all.

    Background:
      Given a settled cluster
      And volume "alpha" of "ann"
      And a learner in the place of a follower

    Example: The learner is asked by the writer
      Given the learner has caught up
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" on the learner
      Then every answer, if any, shows volume "alpha" of "bob"

    @needs:pause-apply
    Example: The learner has stopped applying, and is asked by the writer
      Given the learner has caught up
      And the learner has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And client "foo" reads volume "alpha" there, and waits
      And it comes back
      Then every answer, if any, shows volume "alpha" of "bob"

    @needs:pause-apply
    Example: The learner has stopped applying, and is asked with no id
      Given the learner has caught up
      And the learner has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And the client reads volume "alpha" there with no id, and waits
      And it comes back
      Then every answer, if any, shows volume "alpha" of "bob"

    @needs:pause-apply @needs:status
    Example: The learner has stopped applying, and says how far it is
      Given the learner has caught up
      And the learner has stopped applying
      When client "foo" gives volume "alpha" to "bob"
      And that node has heard what is committed
      And client "bar" reads an echo there
      Then client "bar" is told less than client "foo" knows

    Scenario Outline: The learner is asked to msync with <id>
      When the client msyncs on the learner with <id>
      Then the call is refused with OMNotLeaderException

      Examples:
        | id              |
        | no id           |
        | its own id      |
        | the leader's id |

  @FR-ADMIT-11 @must @needs:blocks
  Rule: FR-ADMIT-11 An answer that needs data outside the replicated state (block locations, pipelines, tokens, secrets) is complete or redirected, never empty or a final error because the follower lacks it
    Source: HDFS observer reads (B71, B74).
    A key's blocks are what a client reads it by. A follower that cannot name them sends the client elsewhere.

    Scenario Outline: Every node is asked by a client that <reads>
      Given a settled cluster
      And bucket "box"
      And key "a" in bucket "box" with 10 bytes
      When client "foo" msyncs
      And client "foo" <reads> on every node
      Then every answer names the blocks that the leader names

      Examples:
        | reads                                   |
        | reads key "a" in bucket "box"           |
        | looks up key "a" in bucket "box"        |
        | reads the status of "a" in bucket "box" |
