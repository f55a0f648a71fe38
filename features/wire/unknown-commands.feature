@core @stage:plain
Feature: W - commands that mean nothing

  Upstream numbers about a hundred commands and adds some with every release. A client may know more of them than the OM that
  it asks, or say which command it wants and not of what.

  @W-8 @must
  Rule: W-8 A command type that the OM does not know is refused, never reported as done, and changes nothing
    Source: decided here, because Apache Ozone 2.2 refuses most of them, and some with success.
    Either way of refusing will do: a gRPC status, or a status that says what failed. The first half sends a request that
    would be carried out under numbers that are no command of any release, or of commands that upstream has given up. The
    second half asks for commands of upstream that no rule here speaks of: an OM need not know them. Each is asked of
    what is not there, so that an OM that knows it has to refuse as well.

    Scenario Outline: A request under number <number>: <what>
      Given volume "alpha"
      When the client creates volume "beta" under command number <number>
      Then the command is not reported as done
      And the node serves the next call
      And nothing has changed

      Examples: numbers without a command
        | number     | what                                |
        | 0          | that of the unknown command         |
        | 1          | below the first command             |
        | -1         | below zero                          |
        | -11        | the right one, below zero           |
        | 10         | before the first command            |
        | 41         | between two commands                |
        | 52         | of an answer                        |
        | 138        | between two commands                |
        | 200        | of a log entry                      |
        | 1000       | above the last command              |
        | 1002       | above what is added here            |
        | 2147483647 | the greatest                        |

      Examples: commands that upstream has given up
        | number | what         |
        | 91     | ListTrash    |
        | 92     | RecoverTrash |
        | 94     | PurgePaths   |

    Scenario Outline: <command>, where nothing is
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      When the client asks for <command> where nothing is
      Then the command is not reported as done
      And the node serves the next call
      And nothing has changed

      Examples: uploads in parts
        | command                  |
        | InitiateMultiPartUpload  |
        | CommitMultiPartUpload    |
        | CompleteMultiPartUpload  |
        | AbortMultiPartUpload     |
        | ListMultiPartUploadParts |
        | ListMultipartUploads     |

      Examples: access
        | command           |
        | CheckVolumeAccess |
        | AddAcl            |
        | RemoveAcl         |
        | SetAcl            |
        | GetAcl            |
        | RevokeS3Secret    |
        | SetS3Secret       |

      Examples: tenants
        | command                  |
        | DeleteTenant             |
        | TenantAssignUserAccessId |
        | TenantRevokeUserAccessId |
        | TenantAssignAdmin        |
        | TenantRevokeAdmin        |
        | TenantListUser           |

      Examples: snapshots
        | command              |
        | CreateSnapshot       |
        | ListSnapshot         |
        | SnapshotDiff         |
        | DeleteSnapshot       |
        | GetSnapshotInfo      |
        | RenameSnapshot       |
        | ListSnapshotDiffJobs |
        | CancelSnapshotDiff   |
        | SubmitSnapshotDiff   |

      Examples: parts of keys
        | command             |
        | LookupFile          |
        | RecoverLease        |
        | SetTimes            |
        | GetObjectTagging    |
        | PutObjectTagging    |
        | DeleteObjectTagging |

  @W-12 @must
  Rule: W-12 A known command type without its sub-request changes nothing and the node stays up
    Source: Apache Ozone 2.2, as observed on the wire.
    What is answered is left open: Ozone reads the missing request as one without names, so most commands fail, and those
    that need none are done. Beside what the scenario has, a volume and a bucket without a name are looked at. The commands
    for the administrator of a whole cluster, and those that OMs send to themselves, go only to a cluster that may be disturbed.
    Prepare, StartQuotaRepair and TransferLeadership are never sent: without their requests they mean the cluster, as they do
    with them. Ozone then stops all writes, or changes the quotas of all volumes in the background.

    Scenario Outline: <command>, and not of what
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      When the client sends <command> without its request
      Then the node serves the next call
      And nothing has changed

      Examples: volumes and buckets
        | command           |
        | CreateVolume      |
        | SetVolumeProperty |
        | CheckVolumeAccess |
        | InfoVolume        |
        | DeleteVolume      |
        | ListVolume        |
        | CreateBucket      |
        | InfoBucket        |
        | SetBucketProperty |
        | DeleteBucket      |
        | ListBuckets       |

      Examples: keys and files
        | command             |
        | CreateKey           |
        | LookupKey           |
        | RenameKey           |
        | DeleteKey           |
        | ListKeys            |
        | ListKeysLight       |
        | CommitKey           |
        | AllocateBlock       |
        | DeleteKeys          |
        | RenameKeys          |
        | GetKeyInfo          |
        | GetFileStatus       |
        | CreateDirectory     |
        | CreateFile          |
        | LookupFile          |
        | ListStatus          |
        | ListStatusLight     |
        | RecoverLease        |
        | SetTimes            |
        | ListOpenFiles       |
        | PutObjectTagging    |
        | GetObjectTagging    |
        | DeleteObjectTagging |

      Examples: uploads in parts
        | command                  |
        | InitiateMultiPartUpload  |
        | CommitMultiPartUpload    |
        | CompleteMultiPartUpload  |
        | AbortMultiPartUpload     |
        | ListMultiPartUploadParts |
        | ListMultipartUploads     |

      Examples: access and tenants
        | command                  |
        | AddAcl                   |
        | RemoveAcl                |
        | SetAcl                   |
        | GetAcl                   |
        | GetS3Secret              |
        | SetS3Secret              |
        | RevokeS3Secret           |
        | GetS3VolumeContext       |
        | GetDelegationToken       |
        | RenewDelegationToken     |
        | CancelDelegationToken    |
        | CreateTenant             |
        | DeleteTenant             |
        | ListTenant               |
        | TenantGetUserInfo        |
        | TenantAssignUserAccessId |
        | TenantRevokeUserAccessId |
        | TenantAssignAdmin        |
        | TenantRevokeAdmin        |
        | TenantListUser           |

      Examples: snapshots
        | command              |
        | CreateSnapshot       |
        | ListSnapshot         |
        | SnapshotDiff         |
        | DeleteSnapshot       |
        | RenameSnapshot       |
        | GetSnapshotInfo      |
        | ListSnapshotDiffJobs |
        | CancelSnapshotDiff   |
        | SubmitSnapshotDiff   |
        | SetSnapshotProperty  |

      Examples: the node
        | command                 |
        | ServiceList             |
        | DBUpdates               |
        | PrepareStatus           |
        | FinalizeUpgradeProgress |
        | GetQuotaRepairStatus    |
        | RefetchSecretKey        |
        | PrintCompactionLogDag   |
        | EchoRPC                 |

      Examples: what only the newest upstream has
        | command                      |
        | PutBucketTagging             |
        | GetBucketTagging             |
        | DeleteBucketTagging          |
        | SetLifecycleConfiguration    |
        | GetLifecycleConfiguration    |
        | DeleteLifecycleConfiguration |
        | GetLifecycleServiceStatus    |
        | SetLifecycleServiceStatus    |
        | SaveLifecycleScanState       |

      Examples: commands given up
        | command      |
        | ListTrash    |
        | RecoverTrash |
        | PurgePaths   |

      @disruptive
      Examples: the whole cluster
        | command                 |
        | FinalizeUpgrade         |
        | CancelPrepare           |
        | SetSafeMode             |
        | RangerBGSync            |
        | SetRangerServiceVersion |
        | QuotaRepair             |

      @disruptive
      Examples: what OMs send to themselves
        | command                      |
        | DeleteOpenKeys               |
        | PurgeKeys                    |
        | PurgeDirectories             |
        | SnapshotMoveDeletedKeys      |
        | SnapshotMoveTableKeys        |
        | SnapshotPurge                |
        | AbortExpiredMultiPartUploads |
