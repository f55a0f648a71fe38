@core @stage:plain
Feature: NS-VOL - volumes

  A volume has a name, an owner, and limits on what it may hold. A feature's "alpha" is a name of the run's own on the wire, so
  that any number of runs can share a cluster; the words keep their characters, so that a bad word makes a bad name.

  @NS-VOL-1 @must
  Rule: NS-VOL-1 A created volume is returned by InfoVolume with owner, quota, creation time
    Source: Apache Ozone 2.2, as observed on the wire.
    A quota limits bytes and, for a volume, the number of its buckets; without a limit both read −1. The creation time is the
    server's, in milliseconds since 1970. Its clock need not agree with the kit's, so the kit looks only at the unit, and that
    the time stays what it was.

    Scenario Outline: A new volume with a quota of <quota>
      When the client creates volume "alpha" of "ann" with a quota of <quota>
      Then the answer is OK
      And volume "alpha" belongs to "ann"
      And volume "alpha" is limited to <quota>
      And volume "alpha" has a creation time

      Examples: from the smallest to more than a double can hold exactly
        | quota                                                     |
        | no limit                                                  |
        | 1 byte and 1 bucket                                       |
        | 5000000 bytes and 7 buckets                               |
        | 4611686018427387905 bytes and 4611686018427387905 buckets |
        | 9223372036854775807 bytes and 9223372036854775807 buckets |

    Example: Two volumes do not share what they say
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client creates volume "beta" of "bob" with a quota of 6000000 bytes and 8 buckets
      Then volume "beta" belongs to "bob"
      And volume "beta" is limited to 6000000 bytes and 8 buckets
      And volume "alpha" is as it was

    Example: A volume that was changed was still created when it was created
      Given volume "alpha" of "ann"
      When the client gives volume "alpha" to "bob"
      And the client limits volume "alpha" to 5000000 bytes
      Then volume "alpha" keeps its creation time
      And volume "alpha" has a creation time

  @NS-VOL-2 @must
  Rule: NS-VOL-2 Creating it again is VOLUME_ALREADY_EXISTS and leaves it as it was
    Source: Apache Ozone 2.2, as observed on the wire.
    As it was: in every field that a read shows, whatever the second request says.

    Scenario Outline: It is created again <how>
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client creates volume "alpha" of <owner> with a quota of <quota>
      Then the answer is VOLUME_ALREADY_EXISTS
      And volume "alpha" is as it was

      Examples:
        | how                          | owner | quota                       |
        | in the same words            | "ann" | 5000000 bytes and 7 buckets |
        | for another owner            | "bob" | 5000000 bytes and 7 buckets |
        | with another quota           | "ann" | 6000000 bytes and 8 buckets |
        | for another, without a limit | "bob" | no limit                    |

    Example: It is created again with a bucket in it
      Given volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      When the client creates volume "alpha" of "bob"
      Then the answer is VOLUME_ALREADY_EXISTS
      And volume "alpha" is as it was
      And bucket "box" in volume "alpha" is as it was

    Example: A name that was deleted is free again
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client deletes volume "alpha"
      And the client creates volume "alpha" of "bob" with a quota of no limit
      Then the answer is OK
      And volume "alpha" belongs to "bob"
      And volume "alpha" is limited to no limit

    Example: A name that only begins like another is another volume
      Given volume "alpha" of "ann"
      When the client creates volume "alpha-2" of "bob"
      Then the answer is OK
      And volume "alpha" is as it was

  @NS-VOL-3 @must
  Rule: NS-VOL-3 A missing volume is VOLUME_NOT_FOUND for info, set and delete of the volume, and for every bucket and key command in it; DeleteBucket and SetBucketProperty may answer BUCKET_NOT_FOUND
    Source: Apache Ozone 2.2, as observed on the wire.
    Ozone looks for a bucket that is to be deleted or changed by its whole path, and so answers BUCKET_NOT_FOUND. Whatever else is
    wrong with a key command, the volume comes first.

    Scenario Outline: Nothing is there, and the client <operation>
      Given volume "alpha"
      When the client <operation>
      Then the answer is <status>
      And volume "beta" is missing
      And volume "alpha" is as it was

      Examples:
        | operation                                      | status                               |
        | reads volume "beta"                            | VOLUME_NOT_FOUND                     |
        | gives volume "beta" to "bob"                   | VOLUME_NOT_FOUND                     |
        | limits volume "beta" to 5000000 bytes          | VOLUME_NOT_FOUND                     |
        | deletes volume "beta"                          | VOLUME_NOT_FOUND                     |
        | creates bucket "box" in volume "beta"          | VOLUME_NOT_FOUND                     |
        | reads bucket "box" in volume "beta"            | VOLUME_NOT_FOUND                     |
        | deletes bucket "box" in volume "beta"          | VOLUME_NOT_FOUND or BUCKET_NOT_FOUND |
        | gives bucket "box" in volume "beta" to "bob"   | VOLUME_NOT_FOUND or BUCKET_NOT_FOUND |
        | gives bucket "box" in volume "beta" versioning | VOLUME_NOT_FOUND or BUCKET_NOT_FOUND |
        | lists the buckets of volume "beta"             | VOLUME_NOT_FOUND                     |

      Examples: key commands
        | operation                                                                    | status           |
        | opens key "k" in bucket "box" in volume "beta"                               | VOLUME_NOT_FOUND |
        | opens key "" in bucket "box" in volume "beta"                                | VOLUME_NOT_FOUND |
        | commits key "k" in bucket "box" in volume "beta" as client id 7              | VOLUME_NOT_FOUND |
        | allocates a block of key "k" in bucket "box" in volume "beta" as client id 7 | VOLUME_NOT_FOUND |
        | reads key "k" in bucket "box" in volume "beta"                               | VOLUME_NOT_FOUND |
        | looks up key "k" in bucket "box" in volume "beta"                            | VOLUME_NOT_FOUND |
        | deletes key "k" in bucket "box" in volume "beta"                             | VOLUME_NOT_FOUND |
        | deletes keys "k" and "l" in bucket "box" in volume "beta"                    | VOLUME_NOT_FOUND |
        | renames key "k" in bucket "box" in volume "beta" to "l"                      | VOLUME_NOT_FOUND |
        | renames keys "k" to "l" and "m" to "n" in bucket "box" in volume "beta"      | VOLUME_NOT_FOUND |
        | tags key "k" in bucket "box" in volume "beta" with "colour" as "red"         | VOLUME_NOT_FOUND |
        | reads the tags of key "k" in bucket "box" in volume "beta"                   | VOLUME_NOT_FOUND |
        | removes the tags of key "k" in bucket "box" in volume "beta"                 | VOLUME_NOT_FOUND |
        | lists the keys of bucket "box" in volume "beta"                              | VOLUME_NOT_FOUND |
        | lists the keys of bucket "box" in volume "beta" in short                     | VOLUME_NOT_FOUND |

      Examples: commands on directories and files
        | operation                                                                     | status           |
        | creates directory "d" in bucket "box" in volume "beta"                        | VOLUME_NOT_FOUND |
        | deletes directory "d" in bucket "box" in volume "beta"                        | VOLUME_NOT_FOUND |
        | deletes directory "d" in bucket "box" in volume "beta" with all that is in it | VOLUME_NOT_FOUND |
        | renames directory "d" to "e" in bucket "box" in volume "beta"                 | VOLUME_NOT_FOUND |
        | reads the status of "d" in bucket "box" in volume "beta"                      | VOLUME_NOT_FOUND |
        | lists directory "d" in bucket "box" in volume "beta"                          | VOLUME_NOT_FOUND |
        | lists the root of bucket "box" in volume "beta"                               | VOLUME_NOT_FOUND |
        | creates file "f" in bucket "box" in volume "beta"                             | VOLUME_NOT_FOUND |

    Scenario Outline: A longer name is there, and the client <operation>
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      When the client <operation>
      Then the answer is <status>
      And volume "alpha" is as it was
      And bucket "box" in volume "alpha" is as it was

      Examples:
        | operation                             | status                               |
        | reads volume "alph"                   | VOLUME_NOT_FOUND                     |
        | gives volume "alph" to "bob"          | VOLUME_NOT_FOUND                     |
        | deletes volume "alph"                 | VOLUME_NOT_FOUND                     |
        | reads bucket "box" in volume "alph"   | VOLUME_NOT_FOUND                     |
        | deletes bucket "box" in volume "alph" | VOLUME_NOT_FOUND or BUCKET_NOT_FOUND |

    Scenario Outline: The key is in a volume of a longer name, and the client <operation>
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      And key "k" in bucket "box" in volume "alpha" with content "one"
      When the client <operation>
      Then the answer is VOLUME_NOT_FOUND
      And key "k" in bucket "box" in volume "alpha" is as it was

      Examples:
        | operation                                                            |
        | opens key "k" in bucket "box" in volume "alph"                       |
        | reads key "k" in bucket "box" in volume "alph"                       |
        | looks up key "k" in bucket "box" in volume "alph"                    |
        | deletes key "k" in bucket "box" in volume "alph"                     |
        | deletes keys "k" and "l" in bucket "box" in volume "alph"            |
        | renames key "k" in bucket "box" in volume "alph" to "l"              |
        | renames keys "k" to "l" in bucket "box" in volume "alph"             |
        | tags key "k" in bucket "box" in volume "alph" with "colour" as "red" |
        | reads the tags of key "k" in bucket "box" in volume "alph"           |
        | removes the tags of key "k" in bucket "box" in volume "alph"         |
        | lists the keys of bucket "box" in volume "alph"                      |

    Scenario Outline: It was there and was deleted, and the client <operation>
      Given volume "beta"
      When the client deletes volume "beta"
      And the client <operation>
      Then the answer is VOLUME_NOT_FOUND
      And volume "beta" is missing

      Examples:
        | operation                             |
        | reads volume "beta"                   |
        | gives volume "beta" to "bob"          |
        | limits volume "beta" to 5000000 bytes |
        | deletes volume "beta"                 |
        | creates bucket "box" in volume "beta" |

    Scenario Outline: It is there, and the client <operation>
      Given volume "beta"
      When the client <operation>
      Then the answer is OK

      Examples:
        | operation                             |
        | reads volume "beta"                   |
        | gives volume "beta" to "bob"          |
        | limits volume "beta" to 5000000 bytes |
        | creates bucket "box" in volume "beta" |
        | deletes volume "beta"                 |

    Scenario Outline: It is there with a bucket, and the client <operation>
      Given volume "beta"
      And bucket "box" in volume "beta"
      When the client <operation>
      Then the answer is OK

      Examples:
        | operation                             |
        | reads bucket "box" in volume "beta"   |
        | deletes bucket "box" in volume "beta" |

  @NS-VOL-4 @must
  Rule: NS-VOL-4 Invalid names are refused (INVALID_VOLUME_NAME)
    Source: Apache Ozone 2.2, as observed on the wire.
    A volume name has 3 to 63 characters, each a lower-case letter, a digit, a dot or a hyphen; it neither begins nor ends with
    a dot or hyphen, has no two dots in a row and no dot beside a hyphen; and it is not made of digits and dots alone, as an IP
    address is. Names that are "exactly" given cannot carry the run's own prefix; an OM that accepts one has it deleted again.

    Scenario Outline: A name with <flaw>
      Given volume "alpha"
      When the client creates <volume>
      Then the answer is INVALID_VOLUME_NAME
      And <volume> is missing
      And volume "alpha" is as it was

      Examples:
        | flaw                            | volume            |
        | an upper-case letter            | volume "Alpha"    |
        | an upper-case letter at its end | volume "alphA"    |
        | an underscore                   | volume "al_pha"   |
        | a space                         | volume "al pha"   |
        | a slash                         | volume "al/pha"   |
        | a colon                         | volume "al:pha"   |
        | a percent sign                  | volume "al%41pha" |
        | a letter of another alphabet    | volume "alphé"    |
        | digits of another alphabet      | volume "٣٤٥"      |
        | a hyphen at its end             | volume "alpha-"   |
        | a dot at its end                | volume "alpha."   |
        | two dots in a row               | volume "al..pha"  |
        | a hyphen after a dot            | volume "al.-pha"  |
        | a dot after a hyphen            | volume "al-.pha"  |

    Scenario Outline: A name that is <flaw>
      When the client creates a volume named exactly <name>
      Then the answer is INVALID_VOLUME_NAME

      Examples:
        | flaw                            | name          |
        | empty                           | ""            |
        | one letter                      | "a"           |
        | two letters                     | "ab"          |
        | led by a hyphen                 | "-alpha"      |
        | led by a dot                    | ".alpha"      |
        | led by a space                  | " alpha"      |
        | an IP address                   | "192.168.0.1" |
        | like an IP address, and not one | "999.1.2.3.4" |
        | made of digits                  | "12345"       |
        | made of digits and a dot        | "123.45"      |
        | the folder itself               | "."           |
        | the folder above                | ".."          |

    Scenario Outline: A name of <characters> characters
      When the client creates a volume with a name of <characters> characters
      Then the answer is <status>

      Examples:
        | characters | status              |
        | 62         | OK                  |
        | 63         | OK                  |
        | 64         | INVALID_VOLUME_NAME |
        | 255        | INVALID_VOLUME_NAME |
        | 5000       | INVALID_VOLUME_NAME |

    Scenario Outline: A name with <feature> is good
      When the client creates <volume> of "ann"
      Then the answer is OK
      And <volume> belongs to "ann"

      Examples:
        | feature                        | volume           |
        | a digit at its end             | volume "alpha2"  |
        | a digit at the start of a part | volume "2alpha"  |
        | dots inside                    | volume "al.ph.a" |
        | hyphens inside                 | volume "al-ph-a" |
        | two hyphens in a row           | volume "al--pha" |
        | both, apart                    | volume "al-ph.a" |

  @NS-VOL-5 @must
  Rule: NS-VOL-5 A volume with a bucket is not deleted (VOLUME_NOT_EMPTY)
    Source: Apache Ozone 2.2, as observed on the wire.

    Example: A bucket is in it
      Given volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      When the client deletes volume "alpha"
      Then the answer is VOLUME_NOT_EMPTY
      And volume "alpha" is as it was
      And bucket "box" in volume "alpha" is as it was

    Example: One of two buckets is gone
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      And bucket "bag" in volume "alpha"
      When the client deletes bucket "box" in volume "alpha"
      And the client deletes volume "alpha"
      Then the answer is VOLUME_NOT_EMPTY

    Example: Its last bucket is gone
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      When the client deletes bucket "box" in volume "alpha"
      And the client deletes volume "alpha"
      Then the answer is OK
      And volume "alpha" is missing

    Example: Nothing was ever in it
      Given volume "alpha"
      When the client deletes volume "alpha"
      Then the answer is OK
      And volume "alpha" is missing

    Scenario Outline: A bucket is in volume <neighbour>, whose name begins with or sorts beside it
      Given volume "alpha"
      And volume <neighbour>
      And bucket "box" in volume <neighbour>
      When the client deletes volume "alpha"
      Then the answer is OK
      And bucket "box" in volume <neighbour> is as it was

      Examples:
        | neighbour |
        | "alpha2"  |
        | "alpha-b" |
        | "alpha.b" |
        | "alph"    |

  @NS-VOL-6 @must
  Rule: NS-VOL-6 ListVolume pages by prevKey/maxKeys in name order with no gap and no duplicate
    Source: Apache Ozone 2.2, as observed on the wire.
    Name order is the order of the bytes, so a hyphen comes before a dot, a dot before digits, digits before letters. A page
    begins after prevKey and holds at most maxKeys volumes; a listing is over when a page is empty. The rule is about listings
    of the whole cluster: one of a single owner's volumes comes from Ozone in no order at all. Ozone ends a listing early when
    the volume that prevKey names is no longer there; that is a gap, and recorded as a deviation in its baseline.

    Scenario Outline: Seven volumes, <size> at a time
      Given volumes "b", "a0", "a-b", "ab", "a", "b1" and "a.b"
      When the client lists the volumes <size> at a time
      Then the pages hold volumes "a", "a-b", "a.b", "a0", "ab", "b" and "b1" in this order

      Examples:
        | size |
        | 1    |
        | 2    |
        | 3    |
        | 6    |
        | 7    |
        | 8    |
        | 1000 |

    Scenario Outline: Between two pages the client <operation>
      Given volumes "a", "b", "d" and "e"
      When the client lists the volumes 2 at a time and <operation> after the first page
      Then the pages hold <volumes> in this order

      Examples:
        | operation           | volumes                            |
        | creates volume "c"  | volumes "a", "b", "c", "d" and "e" |
        | creates volume "f"  | volumes "a", "b", "d", "e" and "f" |
        | creates volume "aa" | volumes "a", "b", "d" and "e"      |
        | deletes volume "d"  | volumes "a", "b" and "e"           |
        | deletes volume "a"  | volumes "a", "b", "d" and "e"      |

    # Apache Ozone 2.2.0 ends the listing here: recorded as a deviation in its baseline.
    Example: Between two pages the volume that the first page ended with goes
      Given volumes "a", "b", "d" and "e"
      When the client lists the volumes 2 at a time and deletes volume "b" after the first page
      Then the pages hold volumes "a", "b", "d" and "e" in this order

  @NS-VOL-7 @must
  Rule: NS-VOL-7 Owner and quota changes are visible at once to the writer
    Source: Apache Ozone 2.2, as observed on the wire.
    At once: to a plain read that the writer sends after the answer to its change. Bytes and buckets are changed in one request
    or bytes alone; what a change does not name stays.

    Example: A new owner
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client gives volume "alpha" to "bob"
      Then the answer is OK
      And volume "alpha" belongs to "bob"
      And volume "alpha" keeps its quota

    Scenario Outline: A new quota of <quota>
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client limits volume "alpha" to <quota>
      Then the answer is OK
      And volume "alpha" is limited to <after>
      And volume "alpha" keeps its owner

      Examples:
        | quota                                                     | after                                                     |
        | 6000000 bytes and 8 buckets                               | 6000000 bytes and 8 buckets                               |
        | 6000000 bytes                                             | 6000000 bytes and 7 buckets                               |
        | 1 byte and 1 bucket                                       | 1 byte and 1 bucket                                       |
        | 4611686018427387905 bytes and 4611686018427387905 buckets | 4611686018427387905 bytes and 4611686018427387905 buckets |
        | no limit                                                  | no limit                                                  |

    Example: Owner after quota, quota after owner
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client limits volume "alpha" to 6000000 bytes and 8 buckets
      And the client gives volume "alpha" to "bob"
      And the client limits volume "alpha" to 9000000 bytes
      Then volume "alpha" belongs to "bob"
      And volume "alpha" is limited to 9000000 bytes and 8 buckets

    Example: Another volume stays as it is
      Given volume "alpha" of "ann" with a quota of 5000000 bytes and 7 buckets
      And volume "alpha2" of "ann" with a quota of 5000000 bytes and 7 buckets
      When the client gives volume "alpha2" to "bob"
      And the client limits volume "alpha2" to 6000000 bytes
      Then volume "alpha" is as it was

    Example: Every one of many changes by several writers
      When 4 clients give away a volume 10 times each and read it on the leader
      Then every read shows the change acknowledged before it
