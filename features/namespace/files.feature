@core @stage:plain
Feature: NS-FSO - files

  CreateFile opens a session as CreateKey does, and says besides whether the directories on the way may be made and whether an
  old file may be replaced. The file is there when its session is committed.

  @NS-FSO-6 @must @needs:blocks
  Rule: NS-FSO-6 CreateFile makes missing parents only when recursive
    Source: Apache Ozone 2.2, as observed on the wire; HDFS.
    Apache Ozone gives every such session a block, whatever its size, so that the rule cannot be seen without datanodes.

    Scenario Outline: File <path> is created, and a directory on its way is missing
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/", "ab/c/" and "f" in bucket "box"
      When the client creates file <path> in bucket "box"
      Then the answer is DIRECTORY_NOT_FOUND
      And all of the root of bucket "box" is as it was

      Examples:
        | path      |
        | "x/g"     |
        | "x/y/g"   |
        | "a/x/g"   |
        | "a/c/g"   |
        | "a/b/c/g" |

    Scenario Outline: File <path> is created with its parents
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/" and "f" in bucket "box"
      When the client creates file <path> in bucket "box" with its parents
      Then the answer is OK
      And the root of bucket "box" holds <root>
      And <folder> holds nothing

      Examples: the file itself is not there yet
        | path    | root               | folder                          |
        | "x/g"   | "a/", "f" and "x/" | directory "x" in bucket "box"   |
        | "x/y/g" | "a/", "f" and "x/" | directory "x/y" in bucket "box" |
        | "a/x/g" | "a/" and "f"       | directory "a/x" in bucket "box" |
        | "a/b/g" | "a/" and "f"       | directory "a/b" in bucket "box" |

    Scenario Outline: File <path> is created, and its directory is there
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/" and "f" in bucket "box"
      When the client creates file <path> in bucket "box"
      Then the answer is OK
      And all of the root of bucket "box" is as it was

      Examples: and so it is until the file is committed
        | path    |
        | "g"     |
        | "a/g"   |
        | "a/b/g" |

    Scenario Outline: The client <operation>, and something else is in its place
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/" and "a/f" in bucket "box"
      When the client <operation>
      Then the answer is <status>
      And all of the root of bucket "box" is as it was

      Examples:
        | operation                                                                  | status              |
        | creates file "a/f" in bucket "box"                                         | FILE_ALREADY_EXISTS |
        | creates file "a/f" in bucket "box" with its parents                        | FILE_ALREADY_EXISTS |
        | creates file "a/f/g" in bucket "box" with its parents                      | NOT_A_FILE          |
        | creates file "a/b" in bucket "box" with its parents in place of an old one | NOT_A_FILE          |

    Example: An old file may be replaced, and stays until the new one is committed
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/" and "a/f" in bucket "box"
      When the client creates file "a/f" in bucket "box" in place of an old one
      Then the answer is OK
      And all of the root of bucket "box" is as it was

    Scenario Outline: File <path> is created with its parents, and then committed
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/" and "f" in bucket "box"
      When the client creates file <path> in bucket "box" with its parents as session "s"
      And the client commits session "s" with 5 bytes
      Then file <path> in bucket "box" has 5 bytes
      And <folder> holds <children>

      Examples: it is in its own directory, and as large as the commit says
        | path    | folder                          | children          |
        | "g"     | the root of bucket "box"        | "a/", "f" and "g" |
        | "x/g"   | directory "x" in bucket "box"   | "g"               |
        | "x/y/g" | directory "x/y" in bucket "box" | "g"               |
        | "a/x/g" | directory "a/x" in bucket "box" | "g"               |
        | "a/b/g" | directory "a/b" in bucket "box" | "g"               |

    Example: A file that was created in place of an old one is committed
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/" and "a/f" in bucket "box"
      When the client creates file "a/f" in bucket "box" in place of an old one as session "s"
      And the client commits session "s" with 5 bytes
      Then file "a/f" in bucket "box" has 5 bytes
      And directory "a" in bucket "box" holds "b/" and "f"

    Example: Nothing was written to it
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      When the client creates file "x/g" in bucket "box" with its parents as session "s"
      And the client commits session "s"
      Then file "x/g" in bucket "box" has 0 bytes

    Example: The directory that it needs was deleted
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the tree "a/b/g" in bucket "box"
      When the client deletes directory "a" in bucket "box" with all that is in it
      And the client creates file "a/b/f" in bucket "box"
      Then the answer is DIRECTORY_NOT_FOUND
      And the root of bucket "box" holds nothing
