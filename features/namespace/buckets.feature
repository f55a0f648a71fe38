@core @stage:plain
Feature: NS-BKT - buckets

  A bucket is in a volume, keeps its keys in one of three layouts, and has limits of its own. A bucket that is named without a
  volume is in one that the scenario makes for it.

  @NS-BKT-1 @must
  Rule: NS-BKT-1 A created bucket is returned by InfoBucket with its layout, versioning, quota and a non-zero objectID
    Source: Apache Ozone 2.2, as observed on the wire.
    A quota limits bytes, or names, which are keys and directories together. A bucket that limits bytes is in a volume whose
    own quota leaves room for that; one without any limit does.

    Scenario Outline: A new bucket of layout <layout>
      Given volume "alpha" with a quota of no limit
      When the client creates bucket "box" in volume "alpha" of layout <layout> with a quota of 5000000 bytes and a quota of 7 names
      Then the answer is OK
      And bucket "box" in volume "alpha" has layout <layout>
      And bucket "box" in volume "alpha" has a quota of 5000000 bytes and a quota of 7 names
      And bucket "box" in volume "alpha" has an object id

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |
        | LEGACY                |

    Scenario Outline: A new bucket with <properties>
      Given volume "alpha" with a quota of no limit
      When the client creates bucket "box" in volume "alpha" with <properties>
      Then the answer is OK
      And bucket "box" in volume "alpha" has <properties>
      And bucket "box" in volume "alpha" has layout OBJECT_STORE

      Examples: limits, from the smallest to more than a double can hold exactly
        | properties                                                                    |
        | a quota of 1 byte                                                             |
        | a quota of 1 name                                                             |
        | a quota of 4611686018427387905 bytes                                          |
        | a quota of 9223372036854775807 bytes and a quota of 9223372036854775807 names |
        | a quota of any number of bytes and a quota of 7 names                         |
        | a quota of any number of names                                                |

      Examples: the rest
        | properties                                                                               |
        | versioning                                                                               |
        | no versioning                                                                            |
        | owner "ann"                                                                              |
        | storage SSD                                                                              |
        | replication RATIS/ONE                                                                    |
        | replication RS-3-2-1024k                                                                 |
        | metadata "colour" as "blue", metadata "empty" as "" and metadata "größe" as "𝄞"          |
        | versioning, owner "ann", storage SSD, a quota of 5 names and metadata "colour" as "blue" |

    Example: Two buckets do not share what they say
      Given volume "alpha" with a quota of no limit
      And bucket "box" in volume "alpha" with versioning and a quota of 7 names
      When the client creates bucket "bag" in volume "alpha" of layout FILE_SYSTEM_OPTIMIZED with a quota of 8 names
      Then bucket "bag" in volume "alpha" has no versioning and a quota of 8 names
      And bucket "box" in volume "alpha" is as it was
      And bucket "bag" in volume "alpha" has another object id than bucket "box" in volume "alpha"

    Example: Buckets of one name in two volumes
      Given volume "alpha"
      And bucket "box" in volume "beta" with versioning
      When the client creates bucket "box" in volume "alpha" with a quota of 7 names
      Then bucket "box" in volume "alpha" has no versioning and a quota of 7 names
      And bucket "box" in volume "alpha" has another object id than bucket "box" in volume "beta"
      And bucket "box" in volume "beta" is as it was

  @NS-BKT-2 @must
  Rule: NS-BKT-2 BUCKET_ALREADY_EXISTS on a second create
    Source: Apache Ozone 2.2, as observed on the wire.
    Whatever the second request asks for, also a link or a limit that the volume would refuse, the bucket and what is in it stay
    as they were.

    Scenario Outline: It is created again <how>
      Given bucket "box" of layout OBJECT_STORE with a quota of 7 names
      And key "report" in bucket "box" with content "one"
      When the client creates <again>
      Then the answer is BUCKET_ALREADY_EXISTS
      And bucket "box" is as it was
      And key "report" in bucket "box" is as it was

      Examples:
        | how                                    | again                                                       |
        | in the same words                      | bucket "box" of layout OBJECT_STORE with a quota of 7 names |
        | with another limit                     | bucket "box" of layout OBJECT_STORE with a quota of 8 names |
        | in another layout                      | bucket "box" of layout FILE_SYSTEM_OPTIMIZED                |
        | for another owner, with versioning     | bucket "box" with owner "bob" and versioning                |
        | with more bytes than its volume allows | bucket "box" with a quota of 5 bytes                        |
        | as a link                              | link "box" to bucket "bag"                                  |
        | as a link to itself                    | link "box" to bucket "box"                                  |

    Example: A link is there
      Given bucket "bag"
      And link "box" to bucket "bag"
      When the client creates bucket "box"
      Then the answer is BUCKET_ALREADY_EXISTS
      And bucket "box" is as it was

    Example: Its volume counts it once
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      When the client creates bucket "box" in volume "alpha"
      Then the answer is BUCKET_ALREADY_EXISTS
      And volume "alpha" is as it was

    Example: A name that was deleted is free again
      Given bucket "box" with versioning and a quota of 7 names
      When the client deletes bucket "box"
      And the client creates bucket "box" of layout FILE_SYSTEM_OPTIMIZED with a quota of 8 names
      Then the answer is OK
      And bucket "box" has layout FILE_SYSTEM_OPTIMIZED
      And bucket "box" has no versioning and a quota of 8 names

    Scenario Outline: A bucket whose name only begins like it, as <name>
      Given bucket "box" with a quota of 7 names
      When the client creates bucket <name>
      Then the answer is OK
      And bucket "box" is as it was

      Examples:
        | name    |
        | "box2"  |
        | "box-2" |
        | "box.2" |
        | "bo"    |

  @NS-BKT-3 @must
  Rule: NS-BKT-3 BUCKET_NOT_FOUND for a missing bucket in every key command
    Source: Apache Ozone 2.2, as observed on the wire.
    Whatever else is wrong with a key command, the bucket comes first, after its volume (NS-VOL-3). Files and directories are keys
    here.

    Scenario Outline: Nothing is there, and the client <operation>
      Given volume "alpha"
      When the client <operation>
      Then the answer is BUCKET_NOT_FOUND
      And bucket "box" in volume "alpha" is missing
      And volume "alpha" is as it was

      Examples: keys
        | operation                                                                     |
        | opens key "k" in bucket "box" in volume "alpha"                               |
        | opens key "" in bucket "box" in volume "alpha"                                |
        | commits key "k" in bucket "box" in volume "alpha" as client id 7              |
        | allocates a block of key "k" in bucket "box" in volume "alpha" as client id 7 |
        | reads key "k" in bucket "box" in volume "alpha"                               |
        | looks up key "k" in bucket "box" in volume "alpha"                            |
        | deletes key "k" in bucket "box" in volume "alpha"                             |
        | deletes keys "k" and "l" in bucket "box" in volume "alpha"                    |
        | renames key "k" in bucket "box" in volume "alpha" to "l"                      |
        | renames keys "k" to "l" and "m" to "n" in bucket "box" in volume "alpha"      |
        | tags key "k" in bucket "box" in volume "alpha" with "colour" as "red"         |
        | reads the tags of key "k" in bucket "box" in volume "alpha"                   |
        | removes the tags of key "k" in bucket "box" in volume "alpha"                 |
        | lists the keys of bucket "box" in volume "alpha"                              |
        | lists the keys of bucket "box" in volume "alpha" in short                     |

      Examples: files and directories
        | operation                                                                      |
        | creates directory "d" in bucket "box" in volume "alpha"                        |
        | creates file "d/f" in bucket "box" in volume "alpha" with its parents          |
        | reads the status of "d" in bucket "box" in volume "alpha"                      |
        | lists directory "d" in bucket "box" in volume "alpha"                          |
        | lists the root of bucket "box" in volume "alpha"                               |
        | deletes directory "d" in bucket "box" in volume "alpha" with all that is in it |
        | renames directory "d" to "e" in bucket "box" in volume "alpha"                 |

    Scenario Outline: The key is in <neighbour>, and the client <operation>
      Given volume "alpha"
      And <neighbour>
      And key "k" in <neighbour> with content "one"
      When the client <operation>
      Then the answer is BUCKET_NOT_FOUND
      And key "k" in <neighbour> is as it was

      Examples: of a longer name
        | neighbour                        | operation                                                        |
        | bucket "box-2" in volume "alpha" | opens key "k" in bucket "box" in volume "alpha"                  |
        | bucket "box-2" in volume "alpha" | commits key "k" in bucket "box" in volume "alpha" as client id 7 |
        | bucket "box-2" in volume "alpha" | reads key "k" in bucket "box" in volume "alpha"                  |
        | bucket "box-2" in volume "alpha" | deletes key "k" in bucket "box" in volume "alpha"                |
        | bucket "box-2" in volume "alpha" | deletes keys "k" and "l" in bucket "box" in volume "alpha"       |
        | bucket "box-2" in volume "alpha" | renames key "k" in bucket "box" in volume "alpha" to "l"         |
        | bucket "box-2" in volume "alpha" | lists the keys of bucket "box" in volume "alpha"                 |

      Examples: of its name, in another volume
        | neighbour                     | operation                                                             |
        | bucket "box" in volume "beta" | looks up key "k" in bucket "box" in volume "alpha"                    |
        | bucket "box" in volume "beta" | deletes key "k" in bucket "box" in volume "alpha"                     |
        | bucket "box" in volume "beta" | renames keys "k" to "l" in bucket "box" in volume "alpha"             |
        | bucket "box" in volume "beta" | tags key "k" in bucket "box" in volume "alpha" with "colour" as "red" |
        | bucket "box" in volume "beta" | reads the status of "k" in bucket "box" in volume "alpha"             |
        | bucket "box" in volume "beta" | creates directory "d" in bucket "box" in volume "alpha"               |

    Scenario Outline: It was there and was deleted, and the client <operation>
      Given bucket "box" in volume "alpha"
      When the client deletes bucket "box" in volume "alpha"
      And the client <operation>
      Then the answer is BUCKET_NOT_FOUND
      And bucket "box" in volume "alpha" is missing

      Examples:
        | operation                                                        |
        | opens key "k" in bucket "box" in volume "alpha"                  |
        | commits key "k" in bucket "box" in volume "alpha" as client id 7 |
        | reads key "k" in bucket "box" in volume "alpha"                  |
        | deletes key "k" in bucket "box" in volume "alpha"                |
        | lists the keys of bucket "box" in volume "alpha"                 |
        | creates directory "d" in bucket "box" in volume "alpha"          |
        | reads the status of "d" in bucket "box" in volume "alpha"        |

  @NS-BKT-4 @must
  Rule: NS-BKT-4 INVALID_BUCKET_NAME
    Source: Apache Ozone 2.2, as observed on the wire.
    The names are those that NS-VOL-4 allows, in every layout. The rule is about creation: any other command takes a name that
    cannot be for one that is not there. A bucket is in a volume of the run's own, so its name needs no prefix.

    Scenario Outline: A name with <flaw>
      Given volume "alpha"
      When the client creates <bucket> in volume "alpha"
      Then the answer is INVALID_BUCKET_NAME
      And <bucket> in volume "alpha" is missing
      And volume "alpha" is as it was

      Examples:
        | flaw                            | bucket          |
        | an upper-case letter            | bucket "Box"    |
        | an upper-case letter at its end | bucket "boX"    |
        | an underscore                   | bucket "b_ox"   |
        | a space                         | bucket "b ox"   |
        | a space at its end              | bucket "box "   |
        | a slash                         | bucket "b/ox"   |
        | a slash at its end              | bucket "box/"   |
        | a colon                         | bucket "b:ox"   |
        | an at sign                      | bucket "b@ox"   |
        | an asterisk                     | bucket "b*x"    |
        | a percent sign                  | bucket "b%41ox" |
        | a plus sign                     | bucket "b+ox"   |
        | a tilde                         | bucket "~box"   |
        | a letter of another alphabet    | bucket "bóx"    |
        | digits of another alphabet      | bucket "b٣٤"    |
        | a hyphen at its end             | bucket "box-"   |
        | a dot at its end                | bucket "box."   |
        | two dots in a row               | bucket "b..ox"  |
        | a hyphen after a dot            | bucket "b.-ox"  |
        | a dot after a hyphen            | bucket "b-.ox"  |

    Scenario Outline: A name that is <flaw>
      Given volume "alpha"
      When the client creates a bucket named exactly <name> in volume "alpha"
      Then the answer is INVALID_BUCKET_NAME
      And volume "alpha" is as it was

      Examples:
        | flaw                            | name          |
        | empty                           | ""            |
        | one letter                      | "a"           |
        | two letters                     | "ab"          |
        | led by a hyphen                 | "-box"        |
        | led by a dot                    | ".box"        |
        | led by a space                  | " box"        |
        | spaces alone                    | "   "         |
        | an IP address                   | "192.168.0.1" |
        | like an IP address, and not one | "999.1.2.3.4" |
        | made of digits                  | "123"         |
        | made of digits and a dot        | "123.45"      |
        | the folder above                | ".."          |

    Scenario Outline: A name of <characters> characters
      Given volume "alpha"
      When the client creates a bucket with a name of <characters> characters in volume "alpha"
      Then the answer is <status>

      Examples:
        | characters | status              |
        | 62         | OK                  |
        | 63         | OK                  |
        | 64         | INVALID_BUCKET_NAME |
        | 255        | INVALID_BUCKET_NAME |
        | 5000       | INVALID_BUCKET_NAME |

    Scenario Outline: A bad name for a bucket of layout <layout>
      Given volume "alpha"
      When the client creates bucket "b_ox" in volume "alpha" of layout <layout>
      Then the answer is INVALID_BUCKET_NAME
      And bucket "b_ox" in volume "alpha" is missing

      Examples:
        | layout                |
        | FILE_SYSTEM_OPTIMIZED |
        | LEGACY                |

    Example: A bad name for a link
      Given bucket "box"
      When the client creates link "l_n" to bucket "box"
      Then the answer is INVALID_BUCKET_NAME
      And bucket "l_n" is missing

    Scenario Outline: The good name <name>
      Given volume "alpha"
      When the client creates a bucket named exactly <name> in volume "alpha"
      Then the answer is OK

      Examples: of three characters, of digits but for one, with hyphens and dots apart
        | name        |
        | "abc"       |
        | "1-2"       |
        | "1r3"       |
        | "12.r3"     |
        | "b.o-x.2"   |
        | "b--x"      |
        | "xn--box"   |
        | "localhost" |

  @NS-BKT-5 @must
  Rule: NS-BKT-5 BUCKET_NOT_EMPTY while it has a key or directory
    Source: Apache Ozone 2.2, as observed on the wire.
    A session that nobody committed is no key; a directory that was made for one is a directory. What is deleted counts no more,
    whether or not what it was made of is removed already.

    Scenario Outline: A bucket of layout <layout> has <thing>
      Given bucket "box" of layout <layout>
      And <thing> in bucket "box"
      When the client deletes bucket "box"
      Then the answer is BUCKET_NOT_EMPTY
      And bucket "box" is as it was
      And <thing> in bucket "box" is as it was

      Examples: keys and directories
        | layout                | thing             |
        | OBJECT_STORE          | key "report"      |
        | OBJECT_STORE          | key "a/b/report"  |
        | OBJECT_STORE          | directory "a"     |
        | FILE_SYSTEM_OPTIMIZED | key "report"      |
        | FILE_SYSTEM_OPTIMIZED | key "a/b/report"  |
        | FILE_SYSTEM_OPTIMIZED | directory "a"     |
        | FILE_SYSTEM_OPTIMIZED | directory "a/b/c" |
        | LEGACY                | key "report"      |

    Scenario Outline: A bucket of layout <layout> has key "report", and before it goes the client <operation>
      Given bucket "box" of layout <layout>
      And key "report" in bucket "box"
      When the client <operation>
      And the client deletes bucket "box"
      Then the answer is <status>

      Examples: it still has a key
        | layout                | operation                                   | status           |
        | OBJECT_STORE          | renames key "report" in bucket "box" to "a" | BUCKET_NOT_EMPTY |
        | OBJECT_STORE          | deletes key "a" in bucket "box"             | BUCKET_NOT_EMPTY |
        | OBJECT_STORE          | deletes keys "a" and "b" in bucket "box"    | BUCKET_NOT_EMPTY |
        | FILE_SYSTEM_OPTIMIZED | renames key "report" in bucket "box" to "a" | BUCKET_NOT_EMPTY |

      Examples: it has none
        | layout                | operation                                     | status |
        | OBJECT_STORE          | deletes key "report" in bucket "box"          | OK     |
        | OBJECT_STORE          | deletes keys "report" and "a" in bucket "box" | OK     |
        | FILE_SYSTEM_OPTIMIZED | deletes key "report" in bucket "box"          | OK     |
        | LEGACY                | deletes key "report" in bucket "box"          | OK     |

    Scenario Outline: A bucket of layout <layout> has had a tree, and before it goes the client <operation>
      Given bucket "box" of layout <layout>
      And key "a/b/report" in bucket "box"
      When the client <operation>
      And the client deletes bucket "box"
      Then the answer is <status>

      Examples: the directories of a key outlive it, and a tree goes at once
        | layout                | operation                                                      | status           |
        | FILE_SYSTEM_OPTIMIZED | deletes key "a/b/report" in bucket "box"                       | BUCKET_NOT_EMPTY |
        | FILE_SYSTEM_OPTIMIZED | deletes directory "a/b" in bucket "box" with all that is in it | BUCKET_NOT_EMPTY |
        | FILE_SYSTEM_OPTIMIZED | deletes directory "a" in bucket "box" with all that is in it   | OK               |
        | OBJECT_STORE          | deletes key "a/b/report" in bucket "box"                       | OK               |

    Scenario Outline: Of a bucket of layout <layout> the client <operation>, and does not commit
      Given bucket "box" of layout <layout>
      When the client <operation>
      And the client deletes bucket "box"
      Then the answer is <status>

      Examples:
        | layout                | operation                              | status           |
        | OBJECT_STORE          | opens key "report" in bucket "box"     | OK               |
        | OBJECT_STORE          | opens key "a/b/report" in bucket "box" | OK               |
        | FILE_SYSTEM_OPTIMIZED | opens key "report" in bucket "box"     | OK               |
        | FILE_SYSTEM_OPTIMIZED | opens key "a/b/report" in bucket "box" | BUCKET_NOT_EMPTY |

    Scenario Outline: The key is in bucket <neighbour>, of layout <layout>
      Given bucket "box" in volume "alpha" of layout <layout>
      And bucket <neighbour> of layout <layout>
      And key "report" in bucket <neighbour>
      When the client deletes bucket "box" in volume "alpha"
      Then the answer is OK
      And key "report" in bucket <neighbour> is as it was

      Examples: whose name begins alike, or is the same
        | neighbour                 | layout                |
        | "box2" in volume "alpha"  | OBJECT_STORE          |
        | "box-2" in volume "alpha" | OBJECT_STORE          |
        | "box" in volume "alpha2"  | OBJECT_STORE          |
        | "box2" in volume "alpha"  | FILE_SYSTEM_OPTIMIZED |
        | "box" in volume "alpha2"  | FILE_SYSTEM_OPTIMIZED |

    Example: Nothing was ever in it
      Given volume "alpha"
      And bucket "box" in volume "alpha"
      When the client deletes bucket "box" in volume "alpha"
      Then the answer is OK
      And bucket "box" in volume "alpha" is missing

    Example: A link whose source has a key is not the source
      Given bucket "box"
      And key "report" in bucket "box" with content "one"
      And link "ln" to bucket "box"
      When the client deletes bucket "ln"
      Then the answer is OK
      And key "report" in bucket "box" is as it was

  @NS-BKT-6 @must
  Rule: NS-BKT-6 ListBuckets pages by startKey/prefix/count
    Source: Apache Ozone 2.2, as observed on the wire.
    The order is that of NS-VOL-6, of bytes. A page begins after startKey, which need not be there, holds at most count buckets,
    and of those that begin with the prefix; both hold together, and a prefix that startKey lies before begins at its first
    bucket. A listing is over when a page is empty.

    Scenario Outline: Seven buckets, <size> at a time
      Given buckets "b", "a0", "a-b", "ab", "a", "b1" and "a.b" in volume "alpha"
      When the client lists the buckets of volume "alpha" <size> at a time
      Then the pages hold buckets "a", "a-b", "a.b", "a0", "ab", "b" and "b1" in this order
      And every bucket on the pages is listed as it reads

      Examples:
        | size       |
        | 1          |
        | 2          |
        | 3          |
        | 6          |
        | 7          |
        | 8          |
        | 2147483647 |

    Scenario Outline: The buckets <which>, <size> at a time
      Given buckets "b", "a0", "a-b", "ab", "a", "b1" and "a.b" in volume "alpha"
      When the client lists the buckets of volume "alpha" <which> <size> at a time
      Then the pages hold <listed> in this order

      Examples: a prefix alone
        | which             | size | listed                                   |
        | with prefix "a"   | 2    | buckets "a", "a-b", "a.b", "a0" and "ab" |
        | with prefix "a"   | 5    | buckets "a", "a-b", "a.b", "a0" and "ab" |
        | with prefix "b"   | 1    | buckets "b" and "b1"                     |
        | with prefix "a."  | 3    | bucket "a.b"                             |
        | with prefix "b1"  | 3    | bucket "b1"                              |
        | with prefix "b12" | 3    | nothing                                  |
        | with prefix "c"   | 3    | nothing                                  |

      Examples: a startKey alone, there or not
        | which      | size | listed                     |
        | after "a0" | 2    | buckets "ab", "b" and "b1" |
        | after "a1" | 2    | buckets "ab", "b" and "b1" |
        | after "ab" | 3    | buckets "b" and "b1"       |
        | after "b1" | 3    | nothing                    |
        | after "c"  | 3    | nothing                    |

      Examples: both
        | which                       | size | listed                              |
        | with prefix "a" after "a-b" | 2    | buckets "a.b", "a0" and "ab"        |
        | with prefix "a" after "a"   | 1    | buckets "a-b", "a.b", "a0" and "ab" |
        | with prefix "a" after "a/"  | 3    | buckets "a0" and "ab"               |
        | with prefix "a" after "ab"  | 3    | nothing                             |
        | with prefix "a" after "b"   | 3    | nothing                             |
        | with prefix "b" after "a"   | 1    | buckets "b" and "b1"                |

    Scenario Outline: Between two pages the client <operation>
      Given buckets "a", "b", "d" and "e" in volume "alpha"
      When the client lists the buckets of volume "alpha" 2 at a time and <operation> after the first page
      Then the pages hold <buckets> in this order

      Examples:
        | operation                             | buckets                            |
        | creates bucket "c" in volume "alpha"  | buckets "a", "b", "c", "d" and "e" |
        | creates bucket "f" in volume "alpha"  | buckets "a", "b", "d", "e" and "f" |
        | creates bucket "aa" in volume "alpha" | buckets "a", "b", "d" and "e"      |
        | deletes bucket "d" in volume "alpha"  | buckets "a", "b" and "e"           |
        | deletes bucket "b" in volume "alpha"  | buckets "a", "b", "d" and "e"      |
        | deletes bucket "a" in volume "alpha"  | buckets "a", "b", "d" and "e"      |

    Scenario Outline: The buckets of volume <neighbour>, whose name begins with or sorts beside it, are not listed
      Given volume "alpha"
      And buckets "a" and "b" in volume <neighbour>
      When the client lists the buckets of volume "alpha" 10 at a time
      Then the pages hold nothing in this order

      Examples:
        | neighbour |
        | "alpha2"  |
        | "alpha-b" |
        | "alph"    |

    Example: Whatever names and ranges there are
      Given volume "alpha"
      And 16 buckets in volume "alpha" with random names
      When the client lists the buckets of volume "alpha" in 24 random ways
      Then each listing holds the buckets of its range in order, each once

  @NS-BKT-7 @must
  Rule: NS-BKT-7 SetBucketProperty changes only what it names
    Source: Apache Ozone 2.2, as observed on the wire.
    Besides what it names it moves the time of the change and the updateID. Metadata is named entry by entry: those that a
    request does not have stay. An owner is given in a request of its own. A request that is refused changes nothing, not even
    what was good in it.

    Scenario Outline: It is given <properties>
      Given volume "alpha" with a quota of no limit
      And bucket "box" in volume "alpha" with owner "ann", a quota of 5000000 bytes, a quota of 7 names, storage SSD, replication RATIS/THREE and metadata "colour" as "blue"
      When the client gives bucket "box" in volume "alpha" <properties>
      Then the answer is OK
      And bucket "box" in volume "alpha" has <properties>
      And bucket "box" in volume "alpha" is as it was but for its <part>

      Examples:
        | properties                           | part           |
        | a quota of 6000000 bytes             | quota of bytes |
        | a quota of 1 byte                    | quota of bytes |
        | a quota of 4611686018427387905 bytes | quota of bytes |
        | a quota of any number of bytes       | quota of bytes |
        | a quota of 8 names                   | quota of names |
        | a quota of 9223372036854775807 names | quota of names |
        | a quota of any number of names       | quota of names |
        | versioning                           | versioning     |
        | storage DISK                         | storage        |
        | replication RATIS/ONE                | replication    |
        | replication RS-3-2-1024k             | replication    |
        | metadata "colour" as "red"           | metadata       |
        | metadata "colour" as ""              | metadata       |

    Scenario Outline: It is given <properties>, and keeps the other entries
      Given bucket "box" with metadata "colour" as "blue" and metadata "size" as "1"
      When the client gives bucket "box" <properties>
      Then the answer is OK
      And bucket "box" has <all>
      And bucket "box" is as it was but for its metadata

      Examples:
        | properties                                                | all                                                                               |
        | metadata "size" as "2"                                    | metadata "colour" as "blue" and metadata "size" as "2"                            |
        | metadata "Size" as "2"                                    | metadata "colour" as "blue", metadata "size" as "1" and metadata "Size" as "2"    |
        | metadata "weight" as "3" and metadata "colour" as "green" | metadata "colour" as "green", metadata "size" as "1" and metadata "weight" as "3" |

    Example: It is given to another owner
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED with owner "ann", a quota of 7 names and metadata "colour" as "blue"
      When the client gives bucket "box" to "bob"
      Then the answer is OK
      And bucket "box" has owner "bob"
      And bucket "box" is as it was but for its owner

    Example: It is given nothing
      Given bucket "box" with owner "ann", versioning, a quota of 7 names and metadata "colour" as "blue"
      When the client gives bucket "box" nothing
      Then the answer is OK
      And bucket "box" is as it was but for its time of change

    Example: One after the other
      Given bucket "box" with a quota of 7 names
      When the client gives bucket "box" versioning
      And the client gives bucket "box" to "bob"
      And the client gives bucket "box" metadata "colour" as "red"
      And the client gives bucket "box" a quota of 8 names
      Then bucket "box" has versioning, owner "bob", metadata "colour" as "red" and a quota of 8 names

    Example: Several in one request
      Given bucket "box" with owner "ann", versioning and a quota of 7 names
      When the client gives bucket "box" no versioning, storage ARCHIVE, a quota of 8 names and metadata "colour" as "red"
      Then the answer is OK
      And bucket "box" has no versioning, storage ARCHIVE, a quota of 8 names and metadata "colour" as "red"
      And bucket "box" has owner "ann"

    Example: What is in it stays as it is
      Given bucket "box" with replication RATIS/THREE
      And key "report" in bucket "box" with content "one"
      When the client gives bucket "box" replication RATIS/ONE, versioning, a quota of 8 names and metadata "colour" as "red"
      Then the answer is OK
      And key "report" in bucket "box" is as it was

    Scenario Outline: Bucket <neighbour> stays as it is
      Given volume "alpha"
      And bucket "box" in volume "alpha" with a quota of 7 names
      And bucket <neighbour> with a quota of 7 names
      When the client gives bucket "box" in volume "alpha" versioning, a quota of 8 names and metadata "colour" as "red"
      Then bucket <neighbour> is as it was

      Examples: of the same name, and of one that begins alike
        | neighbour                 |
        | "box" in volume "beta"    |
        | "box2" in volume "alpha"  |
        | "box-2" in volume "alpha" |

    Example: It has two keys, and its quota becomes no more than that
      Given bucket "box" with a quota of 7 names
      And keys "a" and "b" in bucket "box"
      When the client gives bucket "box" a quota of 2 names
      Then the answer is OK
      And bucket "box" has a quota of 2 names
      And bucket "box" is as it was but for its quota of names

    Scenario Outline: It has two keys, and is refused <properties>
      Given bucket "box" with a quota of 7 names
      And keys "a" and "b" in bucket "box"
      When the client gives bucket "box" <properties>
      Then the answer is QUOTA_ERROR
      And bucket "box" is as it was

      Examples: a quota below what is used
        | properties                                                   |
        | a quota of 1 name                                            |
        | a quota of 1 name, versioning and metadata "colour" as "red" |

    Scenario Outline: Another bucket has its share of their volume, and it is refused <properties>
      Given volume "alpha" with a quota of 5000000 bytes and 7 buckets
      And bucket "bag" in volume "alpha" with a quota of 2000000 bytes
      And bucket "box" in volume "alpha" with a quota of 1000000 bytes and a quota of 7 names
      When the client gives bucket "box" in volume "alpha" <properties>
      Then the answer is <status>
      And bucket "box" in volume "alpha" is as it was

      Examples: more than is left of the volume's quota
        | properties                                                          | status         |
        | a quota of 3000001 bytes                                            | QUOTA_EXCEEDED |
        | a quota of any number of bytes                                      | QUOTA_ERROR    |
        | a quota of 3000001 bytes and a quota of 8 names                     | QUOTA_EXCEEDED |
        | a quota of 3000001 bytes, versioning and metadata "colour" as "red" | QUOTA_EXCEEDED |

    Example: It is given all that is left of the volume's quota
      Given volume "alpha" with a quota of 5000000 bytes and 7 buckets
      And bucket "bag" in volume "alpha" with a quota of 2000000 bytes
      And bucket "box" in volume "alpha" with a quota of 1000000 bytes and a quota of 7 names
      When the client gives bucket "box" in volume "alpha" a quota of 3000000 bytes
      Then the answer is OK
      And bucket "box" in volume "alpha" is as it was but for its quota of bytes

    Example: A bucket that is not there is given something
      Given volume "alpha"
      When the client gives bucket "box" in volume "alpha" versioning
      Then the answer is BUCKET_NOT_FOUND
      And bucket "box" in volume "alpha" is missing
      And volume "alpha" is as it was

  @NS-BKT-8 @must
  Rule: NS-BKT-8 Deleting and re-creating a name gives a new objectID and shows no old key
    Source: Apache Ozone 2.2, as observed on the wire.
    A bucket is made anew by deleting what the scenario has made in it, the bucket itself, and creating it again. Nothing of what
    was there may come back: no key, no directory, no session. Ozone finds a session of an OBJECT_STORE bucket by names alone, so
    that one of the bucket before can be committed into the new one; recorded as a deviation in its baseline.

    Scenario Outline: A bucket that had <thing> is made anew, of layout <layout>
      Given bucket "box" of layout <before>
      And <thing> in bucket "box"
      When the client makes bucket "box" of layout <layout> anew
      Then the answer is OK
      And <thing> in bucket "box" is missing
      And bucket "box" has another object id than before

      Examples:
        | thing            | before                | layout                |
        | key "report"     | OBJECT_STORE          | OBJECT_STORE          |
        | key "a/b/report" | OBJECT_STORE          | OBJECT_STORE          |
        | directory "a/b"  | OBJECT_STORE          | OBJECT_STORE          |
        | key "report"     | FILE_SYSTEM_OPTIMIZED | FILE_SYSTEM_OPTIMIZED |
        | key "a/b/report" | FILE_SYSTEM_OPTIMIZED | FILE_SYSTEM_OPTIMIZED |
        | directory "a/b"  | FILE_SYSTEM_OPTIMIZED | FILE_SYSTEM_OPTIMIZED |
        | key "a/b/report" | FILE_SYSTEM_OPTIMIZED | OBJECT_STORE          |
        | key "a/b/report" | OBJECT_STORE          | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: No page of the new bucket, of layout <layout>, has what was in the old one
      Given bucket "box" of layout <layout>
      And keys "a/report", "b" and "c" in bucket "box"
      When the client makes bucket "box" of layout <layout> anew
      Then bucket "box" shows nothing
      And bucket "box" uses 0 names

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: The new bucket has none of the old one's properties
      Given bucket "box" with owner "ann", versioning, a quota of 7 names and metadata "colour" as "blue"
      When the client makes bucket "box" of layout OBJECT_STORE anew
      Then bucket "box" has no versioning
      And bucket "box" has another object id than before

    Scenario Outline: What is written into the new bucket is there, and nothing else, of layout <layout>
      Given bucket "box" of layout <layout>
      And keys "a/report" and "b" in bucket "box" with content "one"
      When the client makes bucket "box" of layout <layout> anew
      And the client writes key "a/report" in bucket "box" with content "two"
      Then key "a/report" in bucket "box" has content "two"
      And key "b" in bucket "box" is missing

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    # Apache Ozone 2.2.0 lets the commit through where the layout is OBJECT_STORE: recorded as a deviation in its baseline.
    Scenario Outline: A session of the old bucket, of layout <layout>, is committed
      Given bucket "box" of layout <layout>
      And session "s" of key "report" in bucket "box" with content "old"
      When the client makes bucket "box" of layout <layout> anew
      And the client commits session "s"
      Then the answer is KEY_NOT_FOUND
      And key "report" in bucket "box" is missing

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |
