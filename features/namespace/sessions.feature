@core @stage:plain
Feature: NS-KEY - sessions of a key

  CreateKey opens a session and answers its client id; CommitKey with that id makes the key. What happens in between, and who
  else writes the same key, is what these rules are about.

  @NS-KEY-1 @must
  Rule: NS-KEY-1 A key is invisible between CreateKey and CommitKey and visible after
    Source: Apache Ozone 2.2, as observed on the wire.
    Invisible: no read, no listing and no command finds it, and its bucket counts nothing for it. A key that is there already
    stays as it was until a session that replaces it is committed.

    Scenario Outline: It was opened in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      When the client opens key "alpha" in bucket "box" with content "one" as session "s"
      Then the answer is OK
      And key "alpha" in bucket "box" is missing
      And bucket "box" is as it was

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: It was committed in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client commits session "s"
      Then the answer is OK
      And key "alpha" in bucket "box" has content "one"

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: It was opened, and the client <operation>
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client <operation>
      And the client commits session "s"
      Then the answer is OK
      And key "alpha" in bucket "box" has content "one"

      Examples: nothing that misses it ends its session
        | operation                                     |
        | deletes key "alpha" in bucket "box"           |
        | deletes keys "alpha" in bucket "box"          |
        | renames key "alpha" in bucket "box" to "beta" |

    Scenario Outline: Only a session of it is there, and the client <operation>
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client <operation>
      Then the answer is <status>
      And key "alpha" in bucket "box" is missing

      Examples:
        | operation                                        | status         |
        | reads key "alpha" in bucket "box"                | KEY_NOT_FOUND  |
        | looks up key "alpha" in bucket "box"             | KEY_NOT_FOUND  |
        | deletes key "alpha" in bucket "box"              | KEY_NOT_FOUND  |
        | deletes keys "alpha" in bucket "box"             | PARTIAL_DELETE |
        | renames key "alpha" in bucket "box" to "beta"    | KEY_NOT_FOUND  |
        | renames keys "alpha" to "beta" in bucket "box"   | PARTIAL_RENAME |
        | tags key "alpha" in bucket "box" with "t" as "1" | KEY_NOT_FOUND  |
        | reads the tags of key "alpha" in bucket "box"    | KEY_NOT_FOUND  |

    Example: No listing shows what is open, and each shows what was committed
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box"
      And session "t" of key "beta" in bucket "box"
      When the client commits session "t"
      Then bucket "box" lists key "beta"

    Scenario Outline: A key is there and a session of it is open, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with content "one" with tags "t" as "1"
      When the client opens key "alpha" in bucket "box" with content "two" with tags "t" as "2" as session "s"
      Then key "alpha" in bucket "box" is as it was
      And bucket "box" is as it was

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: A name can be taken by a rename while a session of it is open
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "one"
      And key "beta" in bucket "box" with content "two"
      When the client renames key "beta" in bucket "box" to "alpha"
      Then the answer is OK
      And key "alpha" in bucket "box" has content "two"

  @NS-KEY-2 @must
  Rule: NS-KEY-2 A commit with an unknown client id is KEY_NOT_FOUND and makes nothing
    Source: Apache Ozone 2.2, as observed on the wire.
    Unknown for this key: an id that nobody was given, that of another key or bucket, or one that was committed before. The
    session that is open stays open.

    Scenario Outline: Client id <id>, which nobody was given
      Given bucket "box" of layout <layout>
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client commits key "alpha" in bucket "box" as client id <id>
      Then the answer is KEY_NOT_FOUND
      And key "alpha" in bucket "box" is missing

      Examples:
        | layout                | id                   |
        | OBJECT_STORE          | 0                    |
        | OBJECT_STORE          | 1                    |
        | OBJECT_STORE          | 18446744073709551615 |
        | FILE_SYSTEM_OPTIMIZED | 1                    |

    Example: The session is committed after a commit that missed it
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client commits key "alpha" in bucket "box" as client id 1
      And the client commits session "s"
      Then the answer is OK
      And key "alpha" in bucket "box" has content "one"

    Example: The key is there already
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      When the client commits key "alpha" in bucket "box" as client id 1
      Then the answer is KEY_NOT_FOUND
      And key "alpha" in bucket "box" is as it was
      And bucket "box" is as it was

    Scenario Outline: The session is that of <other>
      Given bucket "box"
      And bucket "bag"
      And session "s" of <other> with content "one"
      When the client commits session "s" as key "alpha" in bucket "box"
      Then the answer is KEY_NOT_FOUND
      And key "alpha" in bucket "box" is missing

      Examples:
        | other                         |
        | key "beta" in bucket "box"    |
        | key "alpha2" in bucket "box"  |
        | key "alph" in bucket "box"    |
        | key "alpha/1" in bucket "box" |
        | key "alpha" in bucket "bag"   |

    Example: The session is committed under its own name after a commit under another
      Given bucket "box"
      And session "s" of key "beta" in bucket "box" with content "one"
      When the client commits session "s" as key "alpha" in bucket "box"
      And the client commits session "s"
      Then the answer is OK
      And key "beta" in bucket "box" has content "one"

    Example: A session is committed twice
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client commits session "s"
      And the client commits session "s"
      Then the answer is KEY_NOT_FOUND
      And key "alpha" in bucket "box" has content "one"

    Scenario Outline: The session was committed before and its key is gone, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client commits session "s"
      And the client deletes key "alpha" in bucket "box"
      And the client commits session "s"
      Then key "alpha" in bucket "box" is missing

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: The session was committed before, and the key was written again since
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "one"
      When the client commits session "s"
      And the client writes key "alpha" in bucket "box" with content "two"
      And the client commits session "s"
      Then key "alpha" in bucket "box" has content "two"

  @NS-KEY-4 @must
  Rule: NS-KEY-4 Two open sessions of one key commit independently; the last commit wins
    Source: Apache Ozone 2.2, as observed on the wire.
    The last commit, whichever session was opened first; and what it makes is its own, nothing of the other.

    Scenario Outline: Sessions "<first>" and "<last>" are committed in this order, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And session "one" of key "alpha" in bucket "box" with metadata "a" as "1" with tags "t" as "1"
      And session "two" of key "alpha" in bucket "box" with metadata "b" as "2" with tags "u" as "2"
      When the client commits session "<first>"
      And the client commits session "<last>"
      Then key "alpha" in bucket "box" carries metadata <metadata>

      Examples:
        | layout                | first | last | metadata   |
        | OBJECT_STORE          | one   | two  | "b" as "2" |
        | OBJECT_STORE          | two   | one  | "a" as "1" |
        | FILE_SYSTEM_OPTIMIZED | one   | two  | "b" as "2" |
        | FILE_SYSTEM_OPTIMIZED | two   | one  | "a" as "1" |

    Example: The other session is still open after the first commit
      Given bucket "box"
      And session "one" of key "alpha" in bucket "box" with content "one"
      And session "two" of key "alpha" in bucket "box" with content "two"
      When the client commits session "two"
      And the client commits session "one"
      Then the answer is OK

    Example: The key that is there is deleted before the commit
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      And session "two" of key "alpha" in bucket "box" with content "two"
      When the client deletes key "alpha" in bucket "box"
      And the client commits session "two"
      Then key "alpha" in bucket "box" has content "two"

    Example: One of them is never committed
      Given bucket "box"
      And session "one" of key "alpha" in bucket "box" with content "one"
      And session "two" of key "alpha" in bucket "box" with content "two"
      When the client commits session "one"
      Then key "alpha" in bucket "box" has content "one"
      And bucket "box" lists key "alpha"

    Example: It is opened while another session of it is open, and written meanwhile
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      And session "late" of key "alpha" in bucket "box" with content "late"
      When the client writes key "alpha" in bucket "box" with content "two"
      And the client commits session "late"
      Then key "alpha" in bucket "box" has content "late"

  @NS-KEY-13 @must
  Rule: NS-KEY-13 An expectedDataGeneration that no longer matches is refused and changes nothing
    Source: Apache Ozone 2.2, as observed on the wire.
    The generation of a key is its updateID, which every change of it raises; generation 0 stands for no key. It is compared when
    a session is opened, and once more when it is committed: KEY_NOT_FOUND or KEY_ALREADY_EXISTS there, ATOMIC_WRITE_CONFLICT
    here.

    Scenario Outline: The key as it was is replaced, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with content "one"
      When the client opens key "alpha" in bucket "box" with content "two" as session "s", expecting the key as it was
      And the client commits session "s"
      Then the answer is OK
      And key "alpha" in bucket "box" has content "two"

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: No key is expected and there is none, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      When the client opens key "alpha" in bucket "box" with content "one" as session "s", expecting no key
      And the client commits session "s"
      Then the answer is OK
      And key "alpha" in bucket "box" has content "one"

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Scenario Outline: A session is opened over a key, expecting <expectation>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with content "one"
      When the client opens key "alpha" in bucket "box" with content "two" as session "s", expecting <expectation>
      And the client commits session "s"
      Then the answer is <status>
      And key "alpha" in bucket "box" is as it was

      Examples:
        | layout                | expectation                     | status             |
        | OBJECT_STORE          | no key                          | KEY_ALREADY_EXISTS |
        | OBJECT_STORE          | the generation before it        | KEY_NOT_FOUND      |
        | OBJECT_STORE          | the generation after it         | KEY_NOT_FOUND      |
        | OBJECT_STORE          | generation 1                    | KEY_NOT_FOUND      |
        | OBJECT_STORE          | generation 18446744073709551615 | KEY_NOT_FOUND      |
        | FILE_SYSTEM_OPTIMIZED | no key                          | KEY_ALREADY_EXISTS |
        | FILE_SYSTEM_OPTIMIZED | the generation after it         | KEY_NOT_FOUND      |

    Scenario Outline: A session is opened where no key is, expecting <expectation>
      Given bucket "box"
      When the client opens key "alpha" in bucket "box" as session "s", expecting <expectation>
      And the client commits session "s"
      Then the answer is KEY_NOT_FOUND
      And key "alpha" in bucket "box" is missing

      Examples:
        | expectation                     |
        | generation 1                    |
        | generation 18446744073709551615 |

    Scenario Outline: A session is opened after the client <operation>
      Given bucket "box"
      And key "alpha" in bucket "box" with content "one"
      When the client <operation>
      And the client opens key "alpha" in bucket "box" with content "two" as session "s", expecting the key as it was
      And the client commits session "s"
      Then the answer is KEY_NOT_FOUND

      Examples: each is a change of the key
        | operation                                        |
        | tags key "alpha" in bucket "box" with "t" as "1" |
        | removes the tags of key "alpha" in bucket "box"  |
        | deletes key "alpha" in bucket "box"              |
        | renames key "alpha" in bucket "box" to "beta"    |

    Scenario Outline: Between opening and commit the client <operation>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with content "one"
      And session "s" of key "alpha" in bucket "box" with content "two", expecting the key as it was
      When the client <operation>
      And the client commits session "s"
      Then the answer is ATOMIC_WRITE_CONFLICT

      Examples:
        | layout                | operation                                        |
        | OBJECT_STORE          | tags key "alpha" in bucket "box" with "t" as "1" |
        | OBJECT_STORE          | deletes key "alpha" in bucket "box"              |
        | OBJECT_STORE          | renames key "alpha" in bucket "box" to "beta"    |
        | FILE_SYSTEM_OPTIMIZED | tags key "alpha" in bucket "box" with "t" as "1" |
        | FILE_SYSTEM_OPTIMIZED | deletes key "alpha" in bucket "box"              |

    Scenario Outline: It is written in the same words between opening and commit, in a bucket of layout <layout>
      Given bucket "box" of layout <layout>
      And key "alpha" in bucket "box" with content "one"
      And session "s" of key "alpha" in bucket "box" with content "two", expecting the key as it was
      When the client writes key "alpha" in bucket "box" with content "one"
      And the client commits session "s"
      Then key "alpha" in bucket "box" has content "one"

      Examples:
        | layout                |
        | OBJECT_STORE          |
        | FILE_SYSTEM_OPTIMIZED |

    Example: A commit that was refused is refused again
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "two", expecting no key
      And key "alpha" in bucket "box" with content "one"
      When the client commits session "s"
      And the client commits session "s"
      Then key "alpha" in bucket "box" is as it was

    Example: Of two that expect no key one makes it
      Given bucket "box"
      And session "one" of key "alpha" in bucket "box" with content "one", expecting no key
      And session "two" of key "alpha" in bucket "box" with content "two", expecting no key
      When the client commits session "two"
      And the client commits session "one"
      Then key "alpha" in bucket "box" has content "two"

    Example: Another key was written in between
      Given bucket "box"
      And keys "alpha" and "alpha2" in bucket "box" with content "one"
      And session "s" of key "alpha" in bucket "box" with content "two", expecting the key as it was
      When the client writes key "alpha2" in bucket "box" with content "two"
      And the client commits session "s"
      Then key "alpha" in bucket "box" has content "two"

    Example: Whoever expects nothing may replace what was written with an expectation
      Given bucket "box"
      And session "s" of key "alpha" in bucket "box" with content "one", expecting no key
      When the client commits session "s"
      And the client writes key "alpha" in bucket "box" with content "two"
      And the client writes key "alpha" in bucket "box" with content "three"
      Then key "alpha" in bucket "box" has content "three"
