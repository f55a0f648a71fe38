@read-consistency @stage:read-consistency
Feature: RC - commands at followers

  Commands that change something are the leader's, and so is what only the leader knows. A hint says how fresh an answer has to
  be, and gives nobody the right to answer. Upstream's own clients send none of these commands to a follower; others may.

  @RC-6 @must
  Rule: RC-6 Commands with a side effect or leader-only data are refused by followers whatever the hint
    Source: Apache Ozone 2.2, as observed on the wire.
    Each hint: none, DEFAULT, both linearizable ones, and LOCAL_LEASE with no limit at all, under which a follower answers whatever
    it may answer. Each request is one that the leader would carry out, as far as its message is part of this specification. The tables
    hold every command of upstream once. Msync, which upstream does not have, belongs to the rules on follower reads.

    Background:
      Given a settled cluster
      And volumes "alpha" and "beta"
      And bucket "box" in volume "alpha"

    Scenario Outline: Followers are asked to change something by <commands>
      Given key "a" in bucket "box" in volume "alpha"
      When the client asks every follower for <commands> with each hint
      Then the call is refused with OMNotLeaderException
      And nothing has changed

      Examples: volumes, buckets and keys
        | commands                                                               |
        | CreateVolume, SetVolumeProperty and DeleteVolume                       |
        | CreateBucket, SetBucketProperty and DeleteBucket                       |
        | CreateKey, CommitKey and AllocateBlock                                 |
        | RenameKey, RenameKeys, DeleteKey and DeleteKeys                        |
        | CreateDirectory, CreateFile, RecoverLease and SetTimes                 |
        | PutObjectTagging and DeleteObjectTagging                               |
        | InitiateMultiPartUpload and CommitMultiPartUpload                      |
        | CompleteMultiPartUpload and AbortMultiPartUpload                       |
        | CreateSnapshot, DeleteSnapshot, RenameSnapshot and SetSnapshotProperty |

      Examples: access and tenants
        | commands                                                                       |
        | AddAcl, RemoveAcl and SetAcl                                                   |
        | GetS3Secret, SetS3Secret and RevokeS3Secret                                    |
        | GetDelegationToken, RenewDelegationToken and CancelDelegationToken             |
        | CreateTenant, DeleteTenant, TenantAssignAdmin and TenantRevokeAdmin            |
        | TenantAssignUserAccessId, TenantRevokeUserAccessId and SetRangerServiceVersion |

      Examples: the whole cluster, and what OMs send to themselves
        | commands                                                         |
        | EchoRPC                                                          |
        | FinalizeUpgrade, Prepare, CancelPrepare and QuotaRepair          |
        | DeleteOpenKeys, PurgeKeys, PurgeDirectories and PurgePaths       |
        | SnapshotMoveDeletedKeys, SnapshotMoveTableKeys and SnapshotPurge |
        | AbortExpiredMultiPartUploads, RecoverTrash and UnknownCommand    |

    Scenario Outline: Followers are asked for what is the leader's by <commands>
      Given key "a" in bucket "box" in volume "alpha"
      When the client asks every follower for <commands> with each hint
      Then the call is refused with OMNotLeaderException
      And nothing has changed

      Examples:
        | commands                                  |
        | DBUpdates                                 |
        | SnapshotDiff                              |
        | SubmitSnapshotDiff                        |
        | CancelSnapshotDiff                        |
        | ListSnapshotDiffJobs                      |
        | SetSafeMode                               |
        | RangerBGSync                              |
        | StartQuotaRepair and GetQuotaRepairStatus |

    Scenario Outline: Followers are asked for <commands>, which the newest upstream has
      Given key "a" in bucket "box" in volume "alpha"
      When the client asks every follower for <commands> with each hint
      Then the command is not reported as done
      And nothing has changed

      Examples:
        | commands                                                                  |
        | PutBucketTagging and DeleteBucketTagging                                  |
        | SetLifecycleConfiguration and DeleteLifecycleConfiguration                |
        | SetLifecycleServiceStatus and SaveLifecycleScanState                      |
        | GetBucketTagging, GetLifecycleConfiguration and GetLifecycleServiceStatus |

    Scenario Outline: Followers may answer <commands>, and change nothing by it
      Given key "a" in bucket "box" in volume "alpha"
      When the client asks every follower for <commands> with each hint
      Then nothing has changed

      Examples:
        | commands                                                                    |
        | CheckVolumeAccess, InfoVolume, ListVolume, InfoBucket and ListBuckets       |
        | LookupKey, GetKeyInfo, ListKeys, ListKeysLight and ListOpenFiles            |
        | GetFileStatus, LookupFile, ListStatus, ListStatusLight and GetObjectTagging |
        | ListMultiPartUploadParts, ListMultipartUploads, ListTrash and GetAcl        |
        | ListTenant, TenantGetUserInfo, TenantListUser and GetS3VolumeContext        |
        | ListSnapshot, GetSnapshotInfo, PrintCompactionLogDag and RefetchSecretKey   |
        | FinalizeUpgradeProgress and PrepareStatus                                   |

    Scenario Outline: Followers answer <command> as the leader does
      When the client asks every node for <command> with LINEARIZABLE_ALLOW_FOLLOWER
      Then each node answers the command

      Examples:
        | command            |
        | ServiceList        |
        | TransferLeadership |
