@core @stage:plain
Feature: NS-KEY - what is said of a key

  Metadata and tags are pairs of a name and a value that mean nothing to the server. A character that cannot be seen is written by
  its number, a text that is too long to read by how often it comes.

  @NS-KEY-9 @must
  Rule: NS-KEY-9 User metadata and tags come back as stored
    Source: Apache Ozone 2.2, as observed on the wire.
    As stored: every pair, character for character, in any order. Whoever writes a key says all of it: nothing stays of the key that
    it replaces. Tags can be changed later, all at once; a key's metadata then stay.

    Scenario Outline: Metadata and tags of a key in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      When the client writes key "alpha" in bucket "box" with metadata "m" as "1" and "n" as "2" with tags "t" as "3"
      Then the answer is OK
      And key "alpha" in bucket "box" carries metadata "m" as "1" and "n" as "2"
      And key "alpha" in bucket "box" carries tags "t" as "3"

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: Pairs with <what>
      Given bucket "box"
      When the client writes key "alpha" in bucket "box" with metadata <pairs> with tags <pairs>
      Then key "alpha" in bucket "box" carries metadata <pairs>
      And key "alpha" in bucket "box" carries tags <pairs>

      Examples:
        | what                           | pairs                                                         |
        | an empty value                 | "a" as ""                                                     |
        | an empty name                  | "" as "1"                                                     |
        | the same value                 | "a" as "1" and "b" as "1"                                     |
        | names that differ in case      | "colour" as "red" and "Colour" as "blue"                      |
        | spaces at both ends            | " a " as " 1 "                                                |
        | signs that formats need        | "a=b&c" as "{U+0022}1{U+0022}, 2; 3%20"                       |
        | characters that cannot be seen | "{U+0009}" as "{U+000A}{U+0001}{U+00A0}"                      |
        | letters in composed form       | "{U+00E9}" as "{U+00E9}"                                      |
        | the same letters, decomposed   | "e{U+0301}" as "e{U+0301}"                                    |
        | both forms of a letter         | "{U+00E9}" as "1" and "e{U+0301}" as "2"                      |
        | characters of four bytes       | "{U+1F600}" as "{U+10000}{U+10FFFF}"                          |
        | a long name and a longer value | "{256 times n}" as "{4096 times é}"                           |
        | many of them                   | "a" as "1", "b" as "2", "c" as "3", "d" as "4" and "e" as "5" |

    Example: A key without any has none of the key that it replaces
      Given bucket "box"
      And key "alpha" in bucket "box" with metadata "m" as "1" with tags "t" as "2"
      When the client writes key "alpha" in bucket "box"
      Then key "alpha" in bucket "box" carries no metadata
      And key "alpha" in bucket "box" carries no tags

    Scenario Outline: Tags that are there, and the client <operation>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with metadata "t" as "1" with tags "t" as "2" and "u" as "3"
      When the client <operation>
      Then the answer is OK
      And key "alpha" in bucket "box" carries <tags>
      And key "alpha" in bucket "box" carries metadata "t" as "1"

      Examples: new tags replace the old ones
        | layout                | operation                                                             | tags                          |
        | OBJECT_STORE          | tags key "alpha" in bucket "box" with "t" as "4"                      | tags "t" as "4"               |
        | OBJECT_STORE          | tags key "alpha" in bucket "box" with "v" as "" and "T" as "{U+00E9}" | tags "v" as "" and "T" as "é" |
        | OBJECT_STORE          | tags key "alpha" in bucket "box" with nothing                         | no tags                       |
        | OBJECT_STORE          | removes the tags of key "alpha" in bucket "box"                       | no tags                       |
        | FILE_SYSTEM_OPTIMIZED | tags key "alpha" in bucket "box" with "t" as "4"                      | tags "t" as "4"               |
        | FILE_SYSTEM_OPTIMIZED | removes the tags of key "alpha" in bucket "box"                       | no tags                       |

    Scenario Outline: A read of tags, <when>
      Given bucket "box"
      And key "alpha" in bucket "box" with metadata "m" as "1" with tags "t" as "2" and "u" as "3"
      When the client <operation>
      And the client reads the tags of key "alpha" in bucket "box"
      Then the answer carries <tags>

      Examples:
        | when              | operation                                        | tags                           |
        | as it was written | reads key "alpha" in bucket "box"                | tags "t" as "2" and "u" as "3" |
        | tagged anew       | tags key "alpha" in bucket "box" with "v" as "4" | tags "v" as "4"                |
        | without any       | removes the tags of key "alpha" in bucket "box"  | no tags                        |

    Example: Another key keeps its own
      Given bucket "box"
      And keys "alpha" and "alpha/b" in bucket "box" with metadata "m" as "1" with tags "t" as "2"
      When the client tags key "alpha" in bucket "box" with "v" as "4"
      And the client removes the tags of key "alpha" in bucket "box"
      Then key "alpha/b" in bucket "box" is as it was

    Scenario Outline: No key of that name, and the client <operation>
      Given bucket "box"
      And key "alpha/b" in bucket "box" with tags "t" as "2"
      When the client <operation>
      Then the answer is KEY_NOT_FOUND
      And key "alpha" in bucket "box" is missing
      And key "alpha/b" in bucket "box" is as it was

      Examples:
        | operation                                        |
        | tags key "alpha" in bucket "box" with "t" as "1" |
        | removes the tags of key "alpha" in bucket "box"  |
        | reads the tags of key "alpha" in bucket "box"    |

  @NS-KEY-10 @must
  Rule: NS-KEY-10 Names with any Unicode, spaces, double slashes, very long (1,024 bytes) either round-trip exactly or are refused
    Source: Apache Ozone 2.2, as observed on the wire.
    Exactly: read, listed and deleted under the name that the key was made under, and no other key is taken for it. In Ozone
    the empty name and names of white space alone are made, and never listed: examples of their own show that, recorded as
    deviations in its baseline.

    Scenario Outline: <name>, beside <other>
      Given bucket "box"
      And key <other> in bucket "box" with content "other"
      When the client makes, reads, lists and deletes key <name> in bucket "box"
      Then it came back under exactly its name, or was refused and not made
      And key <other> in bucket "box" is as it was

      Examples: slashes and dots
        | name     | other  |
        | "/"      | "a"    |
        | "//"     | "a"    |
        | "/a"     | "a"    |
        | "a/"     | "a"    |
        | "a"      | "a/"   |
        | "a//b"   | "a/b"  |
        | "a/b"    | "a//b" |
        | "."      | "a"    |
        | ".."     | "a"    |
        | "a/."    | "a"    |
        | "a/./b"  | "a/b"  |
        | "a/../b" | "b"    |
        | "../b"   | "b"    |
        | "a\b"    | "a/b"  |

      Examples: what others take for white space, signs or patterns
        | name            | other |
        | " a"            | "a"   |
        | "a "            | "a"   |
        | "a  b"          | "a b" |
        | "a{U+0009}b"    | "a b" |
        | "a{U+000A}"     | "a"   |
        | "a{U+00A0}"     | "a"   |
        | "{U+0001}a"     | "a"   |
        | "a{U+007F}"     | "a"   |
        | "a:b"           | "a"   |
        | "a%2Fb"         | "a/b" |
        | "a+b"           | "a b" |
        | "*"             | "a"   |
        | "a?#&=b"        | "a"   |
        | "{U+0022}<>^$[" | "a"   |
        | "a{U+0000}b"    | "ab"  |
        | ".snapshot"     | "a"   |
        | ".snapshot/a"   | "a"   |
        | "a/.snapshot"   | "a"   |
        | ".Trash/a"      | "a"   |

      Examples: letters
        | name                  | other       |
        | "A"                   | "a"         |
        | "é"                   | "e"         |
        | "e{U+0301}"           | "{U+00E9}"  |
        | "{U+00E9}"            | "e{U+0301}" |
        | "ﬀ"                   | "ff"        |
        | "{U+212B}"            | "{U+00C5}"  |
        | "中/文"                 | "中"         |
        | "{U+200B}a"           | "a"         |
        | "{U+FEFF}a"           | "a"         |
        | "{U+FFFD}"            | "a"         |
        | "{U+10000}"           | "{U+FFFD}"  |
        | "{U+1F600}{U+10FFFF}" | "{U+1F600}" |

      Examples: long ones
        | name               | other              |
        | "{255 times x}"    | "x"                |
        | "{1023 times x}"   | "{1024 times x}"   |
        | "{1024 times x}"   | "{1023 times x}"   |
        | "{1025 times x}"   | "{1024 times x}"   |
        | "{512 times é}"    | "{511 times é}"    |
        | "{200 times abc/}" | "{199 times abc/}" |
        | "{4096 times x}"   | "x"                |

    # Apache Ozone 2.2.0 makes such a key, and does not list it: recorded as a deviation in its baseline.
    Scenario Outline: Nothing but <what>
      Given bucket "box"
      When the client makes, reads, lists and deletes key <name> in bucket "box"
      Then it came back under exactly its name, or was refused and not made

      Examples:
        | what                 | name       |
        | no character         | ""         |
        | a space              | " "        |
        | a tab                | "{U+0009}" |
        | an ideographic space | "{U+3000}" |

    Scenario Outline: A key gets the name <name>, which is kept exactly or refused
      Given bucket "box"
      And keys "k" and "a" in bucket "box" with content "one"
      When the client renames key "k" in bucket "box" to <name>
      Then bucket "box" lists <keys>

      Examples:
        | name             | keys                          |
        | "a/"             | keys "a" and "a/"             |
        | "//a"            | keys "a" and "//a"            |
        | " a"             | keys "a" and " a"             |
        | "e{U+0301}"      | keys "a" and "e{U+0301}"      |
        | "{1024 times x}" | keys "a" and "{1024 times x}" |
        | ""               | keys "a" and "k"              |
        | "a{U+0000}"      | keys "a" and "k"              |
