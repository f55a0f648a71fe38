@core @stage:plain
Feature: NS-KEY - listings of keys

  A listing goes through a bucket page after page: each page begins behind a start key, and holds at most as many keys as were
  asked for. A character that cannot be told from another on paper is written by its number.

  @NS-KEY-8 @must
  Rule: NS-KEY-8 ListKeys is in byte order of UTF-8 names, honours prefix, startKey (exclusive) and count, and paging through gives every key once
    Source: Apache Ozone 2.2, as observed on the wire.
    A page holds as many keys as were asked for while there are more, and then never says that it is the last. A start key need
    not exist. Ozone departs from byte order above U+DFFF and loses keys there, takes a slash alone for no prefix, and finds
    nothing when a key lies between the start key and the prefix: examples of their own show that, recorded as deviations in
    its baseline.

    Scenario Outline: Nine keys, <size> at a time
      Given bucket "box"
      And keys "b", "a0", "é", "a-b", "aB", "a", "ab", "a/b" and "a.b" in bucket "box"
      When the client lists the keys of bucket "box" <size> at a time
      Then the pages hold keys "a", "a-b", "a.b", "a/b", "a0", "aB", "ab", "b" and "é" in this order

      Examples:
        | size |
        | 1    |
        | 2    |
        | 3    |
        | 4    |
        | 8    |
        | 9    |
        | 10   |
        | 1000 |

    Scenario Outline: Ranges: <range>
      Given bucket "box"
      And keys "a", "a/", "a/b", "a/b/c", "a0", "a%b", "aXb", "a_b", "b" and "ä" in bucket "box"
      When the client lists the keys of bucket "box" <range> 2 at a time
      Then the pages hold <keys> in this order

      Examples: a prefix is a prefix of the name, and no pattern
        | range                | keys                                                                   |
        | with prefix ""       | keys "a", "a%b", "a/", "a/b", "a/b/c", "a0", "aXb", "a_b", "b" and "ä" |
        | with prefix "a"      | keys "a", "a%b", "a/", "a/b", "a/b/c", "a0", "aXb" and "a_b"           |
        | with prefix "a/"     | keys "a/", "a/b" and "a/b/c"                                           |
        | with prefix "a/b"    | keys "a/b" and "a/b/c"                                                 |
        | with prefix "a%"     | key "a%b"                                                              |
        | with prefix "a_"     | key "a_b"                                                              |
        | with prefix "a*"     | nothing                                                                |
        | with prefix "A"      | nothing                                                                |
        | with prefix "ä"      | key "ä"                                                                |
        | with prefix "a/b/c/" | nothing                                                                |

      Examples: behind a start key, which need not be there
        | range        | keys                                                                   |
        | after ""     | keys "a", "a%b", "a/", "a/b", "a/b/c", "a0", "aXb", "a_b", "b" and "ä" |
        | after "a"    | keys "a%b", "a/", "a/b", "a/b/c", "a0", "aXb", "a_b", "b" and "ä"      |
        | after "a/b"  | keys "a/b/c", "a0", "aXb", "a_b", "b" and "ä"                          |
        | after "a/b/" | keys "a/b/c", "a0", "aXb", "a_b", "b" and "ä"                          |
        | after "A"    | keys "a", "a%b", "a/", "a/b", "a/b/c", "a0", "aXb", "a_b", "b" and "ä" |
        | after "aXa"  | keys "aXb", "a_b", "b" and "ä"                                         |
        | after "ä"    | nothing                                                                |

      Examples: both hold
        | range                          | keys                   |
        | with prefix "a/" after "a/"    | keys "a/b" and "a/b/c" |
        | with prefix "a/" after "a/b"   | key "a/b/c"            |
        | with prefix "aXb" after "aX"   | key "aXb"              |
        | with prefix "a/" after "a/b/c" | nothing                |
        | with prefix "a/" after "b"     | nothing                |
        | with prefix "b" after "b"      | nothing                |

    # Apache Ozone 2.2.0 lists all keys here: recorded as a deviation in its baseline.
    Example: A slash is a prefix like another
      Given bucket "box"
      And keys "a", "a/b" and "b" in bucket "box"
      When the client lists the keys of bucket "box" with prefix "/" 2 at a time
      Then the pages hold nothing in this order

    # Apache Ozone 2.2.0 finds nothing here: recorded as a deviation in its baseline.
    Scenario Outline: The start key <start> lies below the prefix, and a key between them
      Given bucket "box"
      And keys "a/1", "b", "b/1", "b/2" and "c/1" in bucket "box"
      When the client lists the keys of bucket "box" with prefix "b/" after <start> 1 at a time
      Then the pages hold keys "b/1" and "b/2" in this order

      Examples:
        | start |
        | "a/1" |
        | "a"   |
        | "b"   |

    Scenario Outline: Between two pages the client <operation>
      Given bucket "box"
      And keys "a", "b", "d" and "e" in bucket "box"
      When the client lists the keys of bucket "box" 2 at a time and <operation> after the first page
      Then the pages hold <keys> in this order

      Examples:
        | operation                               | keys                             |
        | deletes key "d" in bucket "box"         | keys "a", "b" and "e"            |
        | deletes key "a" in bucket "box"         | keys "a", "b", "d" and "e"       |
        | deletes key "b" in bucket "box"         | keys "a", "b", "d" and "e"       |
        | renames key "e" in bucket "box" to "c"  | keys "a", "b", "c" and "d"       |
        | renames key "e" in bucket "box" to "aa" | keys "a", "b" and "d"            |
        | renames key "d" in bucket "box" to "f"  | keys "a", "b", "e" and "f"       |
        | renames key "b" in bucket "box" to "bb" | keys "a", "b", "bb", "d" and "e" |

    Scenario Outline: The bucket beside it, <neighbour>, is not listed
      Given bucket "box"
      And bucket <neighbour>
      And keys "a" and "c" in bucket "box"
      And keys "b" and "d" in bucket <neighbour>
      When the client lists the keys of bucket "box" 1 at a time
      Then the pages hold keys "a" and "c" in this order

      Examples:
        | neighbour |
        | "box2"    |
        | "box-a"   |
        | "bo"      |

    Example: A bucket without keys
      Given bucket "box"
      When the client lists the keys of bucket "box" 3 at a time
      Then the pages hold nothing in this order

    Scenario Outline: Names of <kind>, all below U+E000 or all above U+D7FF and in one plane
      Given bucket "box"
      And keys <keys> in bucket "box"
      When the client lists the keys of bucket "box" 2 at a time
      Then the pages hold keys <order> in this order

      Examples:
        | kind                          | keys                                           | order                                          |
        | one, two and three bytes      | "中", "z", "é", "{U+D7FF}" and "{U+007F}"       | "z", "{U+007F}", "é", "中" and "{U+D7FF}"       |
        | three bytes, above surrogates | "{U+FFFD}", "{U+E000}", "ﬀ" and "a"            | "a", "{U+E000}", "ﬀ" and "{U+FFFD}"            |
        | four bytes                    | "{U+10FFFD}", "{U+1F600}", "{U+10000}" and "a" | "a", "{U+10000}", "{U+1F600}" and "{U+10FFFD}" |

    # Apache Ozone 2.2.0 puts what has four bytes in front, and loses keys: recorded as a deviation in its baseline.
    Scenario Outline: A name of four bytes beside one of three above the surrogates, <size> at a time
      Given bucket "box"
      And keys "{U+10000}", "a", "{U+FFFD}" and "{U+E000}b" in bucket "box"
      When the client lists the keys of bucket "box" <size> at a time
      Then the pages hold keys "a", "{U+E000}b", "{U+FFFD}" and "{U+10000}" in this order

      Examples:
        | size |
        | 2    |
        | 3    |
        | 4    |
        | 5    |

    Scenario Outline: Random names made of <characters>, listed in random ways
      Given bucket "box"
      And <count> keys in bucket "box" with random names made of <characters>
      When the client lists the keys of bucket "box" in 12 random ways
      Then each listing holds the keys of its range in order, each once

      Examples:
        | characters  | count |
        | "ab"        | 12    |
        | "ab/"       | 20    |
        | "a-./0AZé中" | 24    |

  @NS-KEY-11 @must
  Rule: NS-KEY-11 LookupKey, GetKeyInfo and ListKeys agree on one key
    Source: Apache Ozone 2.2, as observed on the wire.
    Field by field, and so does ListKeysLight as far as it speaks of a key.

    Scenario Outline: A key with <what>
      Given bucket "box"
      And keys "a", "ab" and "a/b" in bucket "box" with content "other"
      When the client writes key <key>
      Then every read of key "alpha" in bucket "box" says the same

      Examples:
        | what              | key                                                                                      |
        | nothing besides   | "alpha" in bucket "box"                                                                  |
        | metadata          | "alpha" in bucket "box" with metadata "m" as "1" and "n" as ""                           |
        | tags              | "alpha" in bucket "box" with tags "t" as "1" and "u" as "é"                              |
        | metadata and tags | "alpha" in bucket "box" with content "one" with metadata "m" as "1" with tags "t" as "1" |
        | an ETag           | "alpha" in bucket "box" with metadata "ETag" as "0123456789abcdef"                       |

    Scenario Outline: A key that was there, and the client <operation>
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one" with metadata "m" as "1" with tags "t" as "1"
      When the client <operation>
      Then every read of key <key> in bucket "box" says the same

      Examples:
        | operation                                             | key      |
        | writes key "alpha" in bucket "box" with content "two" | "alpha"  |
        | tags key "alpha" in bucket "box" with "u" as "2"      | "alpha"  |
        | removes the tags of key "alpha" in bucket "box"       | "alpha"  |
        | renames key "alpha" in bucket "box" to "beta/c"       | "beta/c" |
        | opens key "alpha" in bucket "box" with content "two"  | "alpha"  |

    Scenario Outline: A key named <name>
      Given bucket "box"
      When the client writes key <name> in bucket "box" with content "one"
      Then every read of key <name> in bucket "box" says the same

      Examples:
        | name             |
        | "a/b/c"          |
        | "/a"             |
        | "a//b/"          |
        | "é{U+1F600}"     |
        | "{1024 times x}" |
