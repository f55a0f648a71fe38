@core @stage:plain
Feature: NS-QTA - use and quotas

  A bucket counts the names in it, which are its keys and directories, and the bytes of its keys as often as they are kept.

  @NS-QTA-1 @must
  Rule: NS-QTA-1 UsedNamespace (and usedBytes, replicated bytes, needs blocks) equals what is stored after any mix of commits, overwrites, deletes, renames; after a recursive delete eventually
    Source: Apache Ozone 2.2, as observed on the wire; the design of leader execution (003).
    What is stored is what reads show, so a session counts nothing, but the directories that were made for it do. Bytes need an
    OM that gives blocks. A directory that goes with what is in it is counted off at once, what is in it eventually.

    Scenario Outline: A flat bucket has keys "a" and "b", and the client <operation>
      Given bucket "box" of layout OBJECT_STORE
      And keys "a" and "b" in bucket "box" with content "one"
      When the client <operation>
      Then bucket "box" uses <used>

      Examples: what adds or takes names
        | operation                                         | used    |
        | writes key "c" in bucket "box"                    | 3 names |
        | writes key "c/d/e" in bucket "box"                | 3 names |
        | writes key "a" in bucket "box" with content "two" | 2 names |
        | deletes key "a" in bucket "box"                   | 1 name  |
        | deletes keys "a" and "b" in bucket "box"          | 0 names |
        | creates directory "c/d" in bucket "box"           | 4 names |

      Examples: what is refused in part or in whole
        | operation                                              | used    |
        | deletes key "c" in bucket "box"                        | 2 names |
        | deletes keys "a" and "c" in bucket "box"               | 1 name  |
        | deletes keys "c" and "d" in bucket "box"               | 2 names |
        | renames key "a" in bucket "box" to "b"                 | 2 names |
        | renames key "c" in bucket "box" to "d"                 | 2 names |
        | renames keys "a" to "d" and "c" to "e" in bucket "box" | 2 names |
        | commits key "c" in bucket "box" as client id 7         | 2 names |
        | creates directory "a/d" in bucket "box"                | 2 names |

      Examples: what changes no number of names
        | operation                                              | used    |
        | opens key "c" in bucket "box"                          | 2 names |
        | opens key "a" in bucket "box"                          | 2 names |
        | renames key "a" in bucket "box" to "c"                 | 2 names |
        | renames keys "a" to "c" and "b" to "d" in bucket "box" | 2 names |
        | tags key "a" in bucket "box" with "colour" as "red"    | 2 names |

    Scenario Outline: A tree has "d/e/f" and "g", and the client <operation>
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And keys "d/e/f" and "g" in bucket "box" with content "one"
      When the client <operation>
      Then bucket "box" uses <used>

      Examples: what adds or takes names
        | operation                                             | used    |
        | writes key "h" in bucket "box"                        | 5 names |
        | writes key "d/e/h" in bucket "box"                    | 5 names |
        | writes key "d/h/i/j" in bucket "box"                  | 7 names |
        | writes key "d/e/f" in bucket "box" with content "two" | 4 names |
        | opens key "d/h/i/j" in bucket "box"                   | 6 names |
        | creates directory "h" in bucket "box"                 | 5 names |
        | creates directory "d/h/i" in bucket "box"             | 6 names |
        | deletes key "d/e/f" in bucket "box"                   | 3 names |
        | deletes keys "d/e/f" and "g" in bucket "box"          | 2 names |

      Examples: what is refused in part or in whole
        | operation                                        | used    |
        | creates directory "d/e" in bucket "box"          | 4 names |
        | creates directory "g/h/i" in bucket "box"        | 4 names |
        | opens key "g/h/i" in bucket "box"                | 4 names |
        | deletes directory "d" in bucket "box"            | 4 names |
        | deletes keys "g" and "h" in bucket "box"         | 3 names |
        | renames key "g" in bucket "box" to "d/e/f"       | 4 names |
        | renames directory "d" to "d/e/h" in bucket "box" | 4 names |

      Examples: what changes no number of names
        | operation                                      | used    |
        | opens key "d/e/h" in bucket "box"              | 4 names |
        | renames key "g" in bucket "box" to "d/g"       | 4 names |
        | renames directory "d/e" to "h" in bucket "box" | 4 names |
        | renames directory "d" to "h" in bucket "box"   | 4 names |

    Scenario Outline: A tree has "d/e/f" and "g", and the client removes names with what is in them: it <operation>
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And keys "d/e/f", "d/e/h", "d/i" and "g" in bucket "box"
      When the client <operation>
      Then bucket "box" eventually uses <used>

      Examples:
        | operation                                                      | used    |
        | deletes directory "d" in bucket "box" with all that is in it   | 1 name  |
        | deletes directory "d/e" in bucket "box" with all that is in it | 3 names |
        | deletes keys "d" and "g" in bucket "box"                       | 0 names |

    Example: A key is written, renamed, written again and deleted
      Given bucket "box"
      When the client writes key "a" in bucket "box"
      And the client renames key "a" in bucket "box" to "b"
      And the client writes key "a" in bucket "box"
      And the client deletes key "b" in bucket "box"
      Then bucket "box" uses 1 name

    Scenario Outline: A session of key "a" is open in a bucket of layout <layout>, and before its commit the client <operation>
      Given bucket "box" of layout <layout>
      And key "a" in bucket "box"
      And session "s" of key "a" in bucket "box"
      When the client <operation>
      And the client commits session "s"
      Then bucket "box" uses <used>

      Examples: what counts is what is there when it is committed
        | layout                | operation                              | used    |
        | OBJECT_STORE          | writes key "a" in bucket "box"         | 1 name  |
        | OBJECT_STORE          | deletes key "a" in bucket "box"        | 1 name  |
        | OBJECT_STORE          | renames key "a" in bucket "box" to "b" | 2 names |
        | FILE_SYSTEM_OPTIMIZED | writes key "a" in bucket "box"         | 1 name  |
        | FILE_SYSTEM_OPTIMIZED | deletes key "a" in bucket "box"        | 1 name  |

    Scenario Outline: A neighbour of a bucket of layout <layout> is written to
      Given volume "alpha"
      And bucket "box" in volume "alpha" of layout <layout>
      And bucket "box2" in volume "alpha" of layout <layout>
      When the client writes key "a/b" in bucket "box2" in volume "alpha"
      Then bucket "box" in volume "alpha" is as it was
      And volume "alpha" is as it was

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    # Apache Ozone 2.2.0 takes the key off twice: recorded as a deviation in its baseline.
    Example: A key is named twice where keys are deleted
      Given bucket "box"
      And keys "a", "b" and "c" in bucket "box"
      When the client deletes keys "a" and "a" in bucket "box"
      Then bucket "box" uses 2 names

    # Apache Ozone 2.2.0 counts every version, and takes off one: recorded as a deviation in its baseline.
    Example: A key with versions
      Given bucket "box" with versioning
      When the client writes key "a" in bucket "box" with content "one"
      And the client writes key "a" in bucket "box" with content "two"
      Then bucket "box" uses 1 name

    Scenario Outline: Whatever mix of commands comes to a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      When the client carries out 60 random commands in bucket "box"
      Then bucket "box" uses as many names as the clients were told

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: Whatever mix of commands several clients send to a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      When 6 clients carry out 20 random commands each in bucket "box"
      Then bucket "box" uses as many names as the clients were told

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    @needs:blocks
    Scenario Outline: Bytes of a bucket of layout <layout> with replication <replication>: the client <operation>
      Given bucket "box" of layout <layout> with replication <replication>
      And keys "a" and "b" in bucket "box" with 3145728 bytes
      When the client <operation>
      Then bucket "box" uses <used>

      Examples: as often as they are kept
        | layout                | replication  | operation                                         | used           |
        | OBJECT_STORE          | RATIS/ONE    | writes key "c" in bucket "box" with 1 byte        | 6291457 bytes  |
        | OBJECT_STORE          | RATIS/THREE  | writes key "c" in bucket "box" with 1 byte        | 18874371 bytes |
        | OBJECT_STORE          | RS-3-2-1024k | writes key "c" in bucket "box" with 3145728 bytes | 15728640 bytes |
        | FILE_SYSTEM_OPTIMIZED | RATIS/THREE  | writes key "c/d" in bucket "box" with 1 byte      | 18874371 bytes |

      Examples: what is replaced or deleted gives back what it took
        | layout                | replication  | operation                                         | used           |
        | OBJECT_STORE          | RATIS/THREE  | writes key "a" in bucket "box" with 1 byte        | 9437187 bytes  |
        | OBJECT_STORE          | RATIS/THREE  | writes key "a" in bucket "box" with 6291456 bytes | 28311552 bytes |
        | OBJECT_STORE          | RATIS/THREE  | deletes key "a" in bucket "box"                   | 9437184 bytes  |
        | OBJECT_STORE          | RS-3-2-1024k | deletes key "a" in bucket "box"                   | 5242880 bytes  |
        | OBJECT_STORE          | RATIS/THREE  | deletes keys "a" and "b" in bucket "box"          | 0 bytes        |
        | FILE_SYSTEM_OPTIMIZED | RATIS/THREE  | writes key "a" in bucket "box" with 1 byte        | 9437187 bytes  |
        | FILE_SYSTEM_OPTIMIZED | RATIS/THREE  | deletes key "a" in bucket "box"                   | 9437184 bytes  |

      Examples: what moves bytes, or asks for some that it does not commit, changes nothing
        | layout                | replication | operation                                        | used           |
        | OBJECT_STORE          | RATIS/THREE | renames key "a" in bucket "box" to "c"           | 18874368 bytes |
        | OBJECT_STORE          | RATIS/THREE | opens key "c" in bucket "box" with 3145728 bytes | 18874368 bytes |
        | OBJECT_STORE          | RATIS/THREE | deletes keys "c" and "d" in bucket "box"         | 18874368 bytes |
        | OBJECT_STORE          | RATIS/THREE | gives bucket "box" replication RATIS/ONE         | 18874368 bytes |
        | FILE_SYSTEM_OPTIMIZED | RATIS/THREE | renames key "a" in bucket "box" to "c"           | 18874368 bytes |

    @needs:blocks
    Example: A directory goes with the bytes that are in it
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED with replication RATIS/ONE
      And keys "d/e/f", "d/e/g", "d/h" and "i" in bucket "box" with 1000 bytes
      When the client deletes directory "d" in bucket "box" with all that is in it
      Then bucket "box" eventually uses 1000 bytes
      And bucket "box" eventually uses 1 name

  @NS-QTA-2 @must
  Rule: NS-QTA-2 Without concurrent writes, one that would exceed the quota is QUOTA_EXCEEDED and changes nothing
    Source: Apache Ozone 2.2, as observed on the wire; the design of leader execution (003).
    A write is held against the quota where it is begun, with the directories that it would make, and where it is committed. What
    adds nothing is not held against it. The quota of a volume is held against its buckets, links among them, when one is made.

    Scenario Outline: A bucket of layout <layout> with a quota of 3 names has two, and the client <operation>
      Given bucket "box" of layout <layout> with a quota of 3 names
      And keys "a" and "b" in bucket "box"
      When the client <operation>
      Then the answer is <status>
      And bucket "box" uses <used>

      Examples: the last that fits
        | layout                | operation                             | status | used    |
        | OBJECT_STORE          | writes key "c" in bucket "box"        | OK     | 3 names |
        | OBJECT_STORE          | creates directory "c" in bucket "box" | OK     | 3 names |
        | FILE_SYSTEM_OPTIMIZED | writes key "c" in bucket "box"        | OK     | 3 names |
        | FILE_SYSTEM_OPTIMIZED | creates directory "c" in bucket "box" | OK     | 3 names |

      Examples: more than fits, if only with the directories that it needs
        | layout                | operation                               | status         | used    |
        | OBJECT_STORE          | creates directory "c/d" in bucket "box" | QUOTA_EXCEEDED | 2 names |
        | FILE_SYSTEM_OPTIMIZED | creates directory "c/d" in bucket "box" | QUOTA_EXCEEDED | 2 names |
        | FILE_SYSTEM_OPTIMIZED | opens key "c/d" in bucket "box"         | QUOTA_EXCEEDED | 2 names |
        | FILE_SYSTEM_OPTIMIZED | opens key "c/d/e" in bucket "box"       | QUOTA_EXCEEDED | 2 names |

    Scenario Outline: A bucket of layout <layout> is full, and the client <operation>
      Given bucket "box" of layout <layout> with a quota of 2 names
      And keys "a" and "b" in bucket "box" with content "one"
      When the client <operation>
      Then the answer is QUOTA_EXCEEDED
      And bucket "box" is as it was
      And <made> in bucket "box" is missing

      Examples:
        | layout                | operation                               | made          |
        | OBJECT_STORE          | opens key "c" in bucket "box"           | key "c"       |
        | OBJECT_STORE          | creates directory "c" in bucket "box"   | directory "c" |
        | FILE_SYSTEM_OPTIMIZED | opens key "c" in bucket "box"           | key "c"       |
        | FILE_SYSTEM_OPTIMIZED | opens key "c/d" in bucket "box"         | directory "c" |
        | FILE_SYSTEM_OPTIMIZED | creates directory "c" in bucket "box"   | directory "c" |
        | FILE_SYSTEM_OPTIMIZED | creates directory "c/d" in bucket "box" | directory "c" |

    Scenario Outline: A bucket of layout <layout> is full, and what adds nothing is done: the client <operation>
      Given bucket "box" of layout <layout> with a quota of 2 names
      And keys "a" and "b" in bucket "box" with content "one"
      When the client <operation>
      Then the answer is OK
      And bucket "box" uses <used>

      Examples:
        | layout                | operation                                           | used    |
        | OBJECT_STORE          | renames key "a" in bucket "box" to "c"              | 2 names |
        | OBJECT_STORE          | tags key "a" in bucket "box" with "colour" as "red" | 2 names |
        | OBJECT_STORE          | deletes key "a" in bucket "box"                     | 1 name  |
        | FILE_SYSTEM_OPTIMIZED | renames key "a" in bucket "box" to "c"              | 2 names |
        | FILE_SYSTEM_OPTIMIZED | deletes key "a" in bucket "box"                     | 1 name  |

    Scenario Outline: Room comes, and the client writes into a bucket of layout <layout>
      Given bucket "box" of layout <layout> with a quota of 2 names
      And keys "a" and "b" in bucket "box"
      When the client <operation>
      And the client writes key "c" in bucket "box"
      Then the answer is OK
      And bucket "box" uses <used>

      Examples:
        | layout                | operation                                         | used    |
        | OBJECT_STORE          | deletes key "a" in bucket "box"                   | 2 names |
        | OBJECT_STORE          | gives bucket "box" a quota of 3 names             | 3 names |
        | OBJECT_STORE          | gives bucket "box" a quota of any number of names | 3 names |
        | FILE_SYSTEM_OPTIMIZED | deletes key "a" in bucket "box"                   | 2 names |

    Scenario Outline: The last place of a bucket of layout <layout> is taken before a session is committed
      Given bucket "box" of layout <layout> with a quota of 1 name
      And session "s" of key "a" in bucket "box"
      When the client writes key "b" in bucket "box"
      And the client commits session "s"
      Then the answer is QUOTA_EXCEEDED
      And key "a" in bucket "box" is missing

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: The last place is taken, and free again, before a session is committed
      Given bucket "box" with a quota of 1 name
      And session "s" of key "a" in bucket "box" with content "one"
      When the client writes key "b" in bucket "box"
      And the client deletes key "b" in bucket "box"
      And the client commits session "s"
      Then key "a" in bucket "box" has content "one"

    Example: A bucket whose quota is 0 names takes none
      Given bucket "box" with a quota of 0 names
      When the client opens key "a" in bucket "box"
      Then the answer is QUOTA_EXCEEDED
      And bucket "box" is as it was

    Example: The bucket beside it has room
      Given bucket "box" with a quota of 1 name
      And bucket "bag" with a quota of 1 name
      And key "a" in bucket "box"
      When the client writes key "a" in bucket "bag"
      Then the answer is OK
      And bucket "bag" uses 1 name

    Scenario Outline: A volume is limited to 2 buckets and has them, and the client <operation>
      Given volume "alpha" with a quota of 5000000 bytes and 2 buckets
      And bucket "box" in volume "alpha" with a quota of 1000 bytes
      And bucket "bag" in volume "alpha" with a quota of 1000 bytes
      When the client <operation>
      Then the answer is QUOTA_EXCEEDED
      And volume "alpha" is as it was

      Examples:
        | operation                                                              |
        | creates bucket "bin" in volume "alpha" with a quota of 1000 bytes      |
        | creates link "bin" in volume "alpha" to bucket "box" in volume "alpha" |
        | limits volume "alpha" to 5000000 bytes and 1 bucket                    |
        | limits volume "alpha" to 1999 bytes and 2 buckets                      |

    Scenario Outline: Buckets share 5000000 bytes, and the client creates another with a quota of <bytes>
      Given volume "alpha" with a quota of 5000000 bytes and 7 buckets
      And bucket "bag" in volume "alpha" with a quota of 2000000 bytes
      When the client creates bucket "box" in volume "alpha" with a quota of <bytes>
      Then the answer is <status>

      Examples: all that is left, and more
        | bytes         | status         |
        | 3000000 bytes | OK             |
        | 3000001 bytes | QUOTA_EXCEEDED |
        | 5000000 bytes | QUOTA_EXCEEDED |

    Scenario Outline: A bucket may use 300 bytes, its keys are kept as <replication>, and the client writes one with <bytes>
      Given volume "alpha" with a quota of no limit
      And bucket "box" in volume "alpha" with a quota of 300 bytes and replication <replication>
      When the client writes key "a" in bucket "box" in volume "alpha" with <bytes> in no block
      Then the answer is <status>
      And bucket "box" in volume "alpha" uses <used>

      Examples: bytes that are said at the commit alone are held against the quota all the same
        | replication | bytes     | status         | used      |
        | RATIS/ONE   | 300 bytes | OK             | 300 bytes |
        | RATIS/ONE   | 301 bytes | QUOTA_EXCEEDED | 0 bytes   |
        | RATIS/THREE | 100 bytes | OK             | 300 bytes |
        | RATIS/THREE | 101 bytes | QUOTA_EXCEEDED | 0 bytes   |

    Example: A key that is above the quota of bytes is not there
      Given volume "alpha" with a quota of no limit
      And bucket "box" in volume "alpha" with a quota of 300 bytes and replication RATIS/ONE
      When the client writes key "a" in bucket "box" in volume "alpha" with 301 bytes in no block
      Then the answer is QUOTA_EXCEEDED
      And key "a" in bucket "box" in volume "alpha" is missing
      And bucket "box" in volume "alpha" is as it was

    @needs:blocks
    Scenario Outline: A bucket may use 1073741824 bytes and uses half of it, and the client <operation>
      Given volume "alpha" with a quota of no limit
      And bucket "box" in volume "alpha" with a quota of 1073741824 bytes and replication RATIS/ONE
      And key "a" in bucket "box" in volume "alpha" with 536870912 bytes
      When the client <operation>
      Then the answer is <status>
      And bucket "box" in volume "alpha" uses <used>

      Examples: blocks may count whole until they are committed, so what is asked for are whole ones of any usual size
        | operation                                                             | status         | used             |
        | writes key "b" in bucket "box" in volume "alpha" with 536870912 bytes | OK             | 1073741824 bytes |
        | writes key "b" in bucket "box" in volume "alpha" with 536870913 bytes | QUOTA_EXCEEDED | 536870912 bytes  |
        | writes key "b" in bucket "box" in volume "alpha" with 805306368 bytes | QUOTA_EXCEEDED | 536870912 bytes  |
        | opens key "b" in bucket "box" in volume "alpha" with 805306368 bytes  | QUOTA_EXCEEDED | 536870912 bytes  |

    @needs:blocks
    Scenario Outline: A bucket may use 1073741824 bytes, a session has <bytes> of them, and the client asks for one more block
      Given volume "alpha" with a quota of no limit
      And bucket "box" in volume "alpha" with a quota of 1073741824 bytes and replication RATIS/ONE
      And session "s" of key "a" in bucket "box" in volume "alpha" with <bytes>
      When the client allocates a block for session "s"
      Then the answer is <status>
      And bucket "box" in volume "alpha" uses 0 bytes

      Examples: nothing is in use before the commit
        | bytes            | status         |
        | 536870912 bytes  | OK             |
        | 1073741824 bytes | QUOTA_EXCEEDED |
