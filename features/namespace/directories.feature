@core @stage:plain
Feature: NS-FSO - directories

  A bucket of layout FILE_SYSTEM_OPTIMIZED is a tree: the name of a key is a path, what is before its slashes are directories, and
  a directory is moved or removed with all that is in it. Where the features list what is in one, a slash stands behind the name
  of each directory.

  Background:
    Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED

  @NS-FSO-1 @must
  Rule: NS-FSO-1 CreateDirectory makes missing parents; on an existing directory it is DIRECTORY_ALREADY_EXISTS without change, over a file FILE_ALREADY_EXISTS
    Source: Apache Ozone 2.2, as observed on the wire; HDFS.
    Without change is without change in every field. Success may be either where the directory exists (W-2). Below a file is as
    over it: its place is taken.

    Example: Directory "a/b/c" is the first of its bucket
      When the client creates directory "a/b/c" in bucket "box"
      Then the answer is OK
      And the root of bucket "box" holds "a/"
      And directory "a" in bucket "box" holds "b/"
      And directory "a/b" in bucket "box" holds "c/"
      And directory "a/b/c" in bucket "box" holds nothing

    Example: Directory "a/b/c" of an OBJECT_STORE bucket
      Given bucket "flat" of layout OBJECT_STORE
      When the client creates directory "a/b/c" in bucket "flat"
      Then the answer is OK
      And the root of bucket "flat" holds "a/"
      And directory "a" in bucket "flat" holds "b/"
      And directory "a/b" in bucket "flat" holds "c/"

    Scenario Outline: Directory <path> beside what is there
      Given the tree "a/b/", "a/f" and "d" in bucket "box"
      When the client creates directory <path> in bucket "box"
      Then the answer is OK
      And all of directory "a" in bucket "box" is as it was
      And <folder> holds <children>

      Examples: the tree has names that begin alike
        | path      | folder                          | children           |
        | "c"       | the root of bucket "box"        | "a/", "c/" and "d" |
        | "a-b/c"   | the root of bucket "box"        | "a/", "a-b/", "d"  |
        | "ab"      | the root of bucket "box"        | "a/", "ab/", "d"   |
        | "dd/f"    | the root of bucket "box"        | "a/", "d", "dd/"   |
        | "c/"      | the root of bucket "box"        | "a/", "c/" and "d" |
        | "b/f"     | directory "b" in bucket "box"   | "f/"               |
        | "c/a/b/f" | directory "c/a" in bucket "box" | "b/"               |

    Scenario Outline: Some of its parents are there
      Given directories "a" and "a/b" in bucket "box"
      When the client creates directory <path> in bucket "box"
      Then the answer is OK
      And directory "a" in bucket "box" is as it was
      And directory "a/b" in bucket "box" is as it was
      And <folder> holds <children>

      Examples:
        | path      | folder                            | children      |
        | "a/b/c/d" | directory "a/b/c" in bucket "box" | "d/"          |
        | "a/b/c"   | directory "a/b" in bucket "box"   | "c/"          |
        | "a/c/d"   | directory "a" in bucket "box"     | "b/" and "c/" |

    Scenario Outline: Directory <path> is there
      Given directories "docs" and "docs/old" in bucket "box"
      When the client creates directory <path> in bucket "box"
      Then the answer is DIRECTORY_ALREADY_EXISTS
      And directory "docs" in bucket "box" is as it was
      And directory "docs/old" in bucket "box" is as it was
      And the root of bucket "box" holds "docs/"

      Examples:
        | path        |
        | "docs"      |
        | "docs/"     |
        | "docs/old"  |
        | "docs/old/" |

    Scenario Outline: Directory <path> of an OBJECT_STORE bucket is there
      Given bucket "flat" of layout OBJECT_STORE
      And directory "docs/old" in bucket "flat"
      When the client creates directory <path> in bucket "flat"
      Then the answer is DIRECTORY_ALREADY_EXISTS
      And directory "docs/old" in bucket "flat" is as it was
      And the root of bucket "flat" holds "docs/"

      Examples:
        | path       |
        | "docs"     |
        | "docs/old" |

    Example: It is there because a file is in it
      Given the tree "docs/2024/plan" and "docs/note" in bucket "box"
      When the client creates directory "docs/2024" in bucket "box"
      Then the answer is DIRECTORY_ALREADY_EXISTS
      And all of the root of bucket "box" is as it was

    Scenario Outline: A file is in the place of directory <path>
      Given the tree "f", "a/g" and "a/ga/" in bucket "box"
      When the client creates directory <path> in bucket "box"
      Then the answer is FILE_ALREADY_EXISTS
      And all of the root of bucket "box" is as it was

      Examples:
        | path      |
        | "f"       |
        | "f/"      |
        | "f/d"     |
        | "f/d/e"   |
        | "a/g"     |
        | "a/g/b/c" |

    Example: A key is in the place of a directory of an OBJECT_STORE bucket
      Given bucket "flat" of layout OBJECT_STORE
      And key "f" in bucket "flat" with content "one"
      When the client creates directory "f/d" in bucket "flat"
      Then the answer is FILE_ALREADY_EXISTS
      And key "f" in bucket "flat" is as it was
      And the root of bucket "flat" holds "f"

  @NS-FSO-3 @must
  Rule: NS-FSO-3 A non-empty directory needs recursive (DIRECTORY_NOT_EMPTY)
    Source: Apache Ozone 2.2, as observed on the wire; HDFS.
    What is refused changes nothing. What is still being written is not in a directory yet.

    Scenario Outline: Directory <path> holds something
      Given the tree "file/f", "folder/sub/", "deep/a/b/f" and "folder2/" in bucket "box"
      When the client deletes directory <path> in bucket "box"
      Then the answer is DIRECTORY_NOT_EMPTY
      And all of the root of bucket "box" is as it was

      Examples:
        | path     |
        | "file"   |
        | "folder" |
        | "deep"   |
        | "deep/a" |
        | "file/"  |

    Example: It is deleted as a key, which says nothing of what is in it
      Given the tree "docs/plan" in bucket "box"
      When the client deletes key "docs" in bucket "box"
      Then the answer is DIRECTORY_NOT_EMPTY
      And all of the root of bucket "box" is as it was

    Scenario Outline: It holds something, and the client <operation>
      Given the tree "a/f", "a/b/g" and "c" in bucket "box"
      When the client <operation> with all that is in it
      Then the answer is OK
      And <folder> holds <children>

      Examples:
        | operation                               | folder                        | children |
        | deletes directory "a" in bucket "box"   | the root of bucket "box"      | "c"      |
        | deletes directory "a/b" in bucket "box" | directory "a" in bucket "box" | "f"      |

    Scenario Outline: An empty directory, beside <neighbours>
      Given the tree "a/", <neighbours> in bucket "box"
      When the client deletes directory "a" in bucket "box"
      Then the answer is OK
      And all of directory "a" in bucket "box" is gone

      Examples: whose names begin alike
        | neighbours        |
        | "a-b" and "a0"    |
        | "a.b/f" and "aa/" |

    Scenario Outline: It is empty once the client <operation>
      Given the tree "a/b/" and "c/" in bucket "box"
      When the client <operation>
      And the client deletes directory "a" in bucket "box"
      Then the answer is OK
      And the root of bucket "box" holds <children>

      Examples:
        | operation                                        | children   |
        | deletes directory "a/b" in bucket "box"          | "c/"       |
        | renames directory "a/b" to "c/b" in bucket "box" | "c/"       |
        | renames directory "a/b" to "b" in bucket "box"   | "b/", "c/" |

    Example: Nothing is in it but a file that was not committed
      Given the tree "a/" in bucket "box"
      When the client opens key "a/f" in bucket "box"
      And the client deletes directory "a" in bucket "box"
      Then the answer is OK
      And all of directory "a" in bucket "box" is gone

    Example: It was emptied and filled again
      Given the tree "a/b/" in bucket "box"
      When the client deletes directory "a/b" in bucket "box"
      And the client writes key "a/f" in bucket "box" with content "one"
      And the client deletes directory "a" in bucket "box"
      Then the answer is DIRECTORY_NOT_EMPTY
      And directory "a" in bucket "box" holds "f"

  @NS-FSO-4 @must
  Rule: NS-FSO-4 A directory rename moves the whole subtree at once, objectIDs kept; into its own subtree is refused
    Source: Apache Ozone 2.2, as observed on the wire; HDFS.
    At once: every read that the client sends after the answer finds all of it in its new place and nothing in the old one. Where
    the new name is that of a directory, the old one moves into it under its last name. The old name is free.

    Scenario Outline: Directory <from> becomes <to>
      Given the tree "a/f", "a/b/g", "a/b/c/d/h", "a/e/", "a-b/f", "a0" and "z/" in bucket "box"
      When the client renames directory <from> to <to> in bucket "box"
      Then the answer is OK
      And all of directory <from> in bucket "box" is at <to>
      And all of directory "a-b" in bucket "box" is as it was
      And the root of bucket "box" holds <children>

      Examples:
        | from    | to     | children                          |
        | "a"     | "x"    | "a-b/", "a0", "x/" and "z/"       |
        | "a"     | "a-"   | "a-/", "a-b/", "a0" and "z/"      |
        | "a"     | "aa"   | "a-b/", "a0", "aa/" and "z/"      |
        | "a"     | "z/a"  | "a-b/", "a0" and "z/"             |
        | "a/b"   | "b"    | "a/", "a-b/", "a0", "b/" and "z/" |
        | "a/b"   | "a/e2" | "a/", "a-b/", "a0" and "z/"       |
        | "a/b"   | "z/b"  | "a/", "a-b/", "a0" and "z/"       |
        | "a/b/c" | "a/c"  | "a/", "a-b/", "a0" and "z/"       |

    Example: It moves into a directory that is there
      Given the tree "a/f", "a/b/g", "z/k" and "z/b/l" in bucket "box"
      When the client renames directory "a" to "z" in bucket "box"
      Then the answer is OK
      And all of directory "a" in bucket "box" is at "z/a"
      And all of directory "z/b" in bucket "box" is as it was
      And directory "z" in bucket "box" holds "a/", "b/" and "k"

    Example: It moves twice
      Given the tree "a/f", "a/b/g" and "z/" in bucket "box"
      When the client renames directory "a" to "z/y" in bucket "box"
      And the client renames directory "z/y" to "x" in bucket "box"
      Then the answer is OK
      And all of directory "a" in bucket "box" is at "x"
      And directory "z" in bucket "box" holds nothing

    Example: A new directory takes the old name
      Given the tree "a/f" and "a/b/g" in bucket "box"
      When the client renames directory "a" to "x" in bucket "box"
      And the client creates directory "a" in bucket "box"
      Then directory "a" in bucket "box" holds nothing
      And directory "x" in bucket "box" holds "b/" and "f"
      And key "x/b/g" in bucket "box" has content "a/b/g"

    Example: A random tree moves
      Given a random tree of 24 names below directory "top" in bucket "box"
      When the client renames directory "top" to "moved" in bucket "box"
      Then all of directory "top" in bucket "box" is at "moved"
      And the root of bucket "box" holds "moved/"

    Scenario Outline: Directory <from> shall become <to>, which is below it
      Given the tree "a/f", "a/b/c/g" and "ab/" in bucket "box"
      When the client renames directory <from> to <to> in bucket "box"
      Then the answer is KEY_RENAME_ERROR
      And all of the root of bucket "box" is as it was

      Examples:
        | from  | to        |
        | "a"   | "a/x"     |
        | "a"   | "a/b"     |
        | "a"   | "a/b/c"   |
        | "a"   | "a/b/c/x" |
        | "a"   | "a/x/y"   |
        | "a/b" | "a/b/c"   |
        | "a/b" | "a/b/x"   |

    Scenario Outline: Directory <from> shall become <to>, and <why>
      Given the tree "a/f", "a/b/g", "d", "z/a/" and "z/k" in bucket "box"
      When the client renames directory <from> to <to> in bucket "box"
      Then the answer is <status>
      And all of the root of bucket "box" is as it was

      Examples:
        | from  | to    | why                            | status             |
        | "a"   | "d"   | a file has that name           | KEY_ALREADY_EXISTS |
        | "a"   | "z"   | there is one of its name in it | KEY_ALREADY_EXISTS |
        | "a/b" | "z/k" | a file has that name           | KEY_ALREADY_EXISTS |
        | "a"   | "x/y" | there is no directory for it   | KEY_RENAME_ERROR   |
        | "a"   | "d/x" | that is below a file           | KEY_RENAME_ERROR   |
        | "b"   | "x"   | it is not there                | KEY_NOT_FOUND      |
        | "a/c" | "x"   | it is not there                | KEY_NOT_FOUND      |

  @NS-FSO-5 @must
  Rule: NS-FSO-5 A recursive delete makes the whole subtree unreachable at once
    Source: Apache Ozone 2.2, as observed on the wire; HDFS.
    At once: to every read that the client sends after the answer, whenever an OM gives its space back. What is made again under
    an old name is new.

    Scenario Outline: Directory <path> goes
      Given the tree "a/f", "a/b/g", "a/b/c/d/h", "a-b/f", "a0" and "aa/f" in bucket "box"
      When the client deletes directory <path> in bucket "box" with all that is in it
      Then the answer is OK
      And all of directory <path> in bucket "box" is gone
      And all of directory "a-b" in bucket "box" is as it was
      And <folder> holds <children>

      Examples:
        | path    | folder                          | children               |
        | "a"     | the root of bucket "box"        | "a-b/", "a0" and "aa/" |
        | "a/b"   | directory "a" in bucket "box"   | "f"                    |
        | "a/b/c" | directory "a/b" in bucket "box" | "g"                    |

    Example: A random tree goes
      Given a random tree of 24 names below directory "top" in bucket "box"
      When the client deletes directory "top" in bucket "box" with all that is in it
      Then all of directory "top" in bucket "box" is gone
      And the root of bucket "box" holds nothing

    Scenario Outline: The client <operation> in its place
      Given the tree "a/f", "a/b/g" and "a/c/" in bucket "box"
      When the client deletes directory "a" in bucket "box" with all that is in it
      And the client <operation>
      Then the answer is OK
      And <folder> holds <children>

      Examples:
        | operation                               | folder                          | children |
        | creates directory "a" in bucket "box"   | directory "a" in bucket "box"   | nothing  |
        | creates directory "a/b" in bucket "box" | directory "a/b" in bucket "box" | nothing  |
        | creates directory "a/b" in bucket "box" | directory "a" in bucket "box"   | "b/"     |

    Example: A new file takes the place of an old one
      Given the tree "a/f", "a/b/g" and "a/c/" in bucket "box"
      When the client deletes directory "a" in bucket "box" with all that is in it
      And the client writes key "a/b/g" in bucket "box" with content "two"
      Then directory "a" in bucket "box" holds "b/"
      And directory "a/b" in bucket "box" holds "g"
      And key "a/b/g" in bucket "box" has content "two"

    Example: A new file stays when the space of an old one is given back
      Given the tree "a/f", "a/b/g" and "a/c/" in bucket "box"
      When the client deletes directory "a" in bucket "box" with all that is in it
      And the client writes key "a/b/g" in bucket "box" with content "two"
      Then bucket "box" eventually uses 3 names
      And key "a/b/g" in bucket "box" has content "two"

    Example: A directory that moves to the old name keeps what is in it
      Given the tree "a/f", "a/b/g", "z/f" and "z/b/h" in bucket "box"
      When the client deletes directory "a" in bucket "box" with all that is in it
      And the client renames directory "z" to "a" in bucket "box"
      Then bucket "box" eventually uses 4 names
      And all of directory "z" in bucket "box" is at "a"

    Scenario Outline: Nothing is left of it for a client that <operation>
      Given the tree "a/f", "a/b/c/g" and "z/" in bucket "box"
      When the client deletes directory "a" in bucket "box" with all that is in it
      And the client <operation>
      Then the answer is <status>
      And the root of bucket "box" holds "z/"
      And directory "z" in bucket "box" holds nothing

      Examples:
        | operation                                        | status           |
        | renames directory "a" to "z/a" in bucket "box"   | KEY_NOT_FOUND    |
        | renames directory "a/b" to "z/b" in bucket "box" | KEY_NOT_FOUND    |
        | renames directory "a/b/c" to "c" in bucket "box" | KEY_NOT_FOUND    |
        | renames directory "z" to "a/b/z" in bucket "box" | KEY_RENAME_ERROR |
        | deletes directory "a/b" in bucket "box"          | KEY_NOT_FOUND    |
        | deletes key "a/f" in bucket "box"                | KEY_NOT_FOUND    |
        | deletes key "a/b/c/g" in bucket "box"            | KEY_NOT_FOUND    |
