@core @stage:plain
Feature: NS-BKT - links

  A link is a bucket that leads to another one, its source, perhaps in another volume.

  @NS-BKT-9 @should
  Rule: NS-BKT-9 A link bucket reads and writes its source; a loop of links is DETECTED_LOOP_IN_BUCKET_LINKS
    Source: Apache Ozone 2.2, as observed on the wire.
    A link leads on to a link. What is not there when the link is made may come later, and what was there may go. InfoBucket
    shows of a link its own name, owner, ids and times, and of its source the layout, limits and use. Where a link leads to
    nothing, key commands say what is missing.

    Scenario Outline: A key of the source, of layout <layout>, is read through the link
      Given bucket "box" in volume "alpha" of layout <layout>
      And key "a/report" in bucket "box" in volume "alpha" with content "one"
      And link "ln" in volume "beta" to bucket "box" in volume "alpha"
      When the client <operation>
      Then the answer is OK
      And key "a/report" in bucket "ln" in volume "beta" has content "one"

      Examples:
        | layout                | operation                                               |
        | OBJECT_STORE          | reads key "a/report" in bucket "ln" in volume "beta"    |
        | OBJECT_STORE          | looks up key "a/report" in bucket "ln" in volume "beta" |
        | OBJECT_STORE          | lists the keys of bucket "ln" in volume "beta"          |
        | OBJECT_STORE          | reads the status of "a" in bucket "ln" in volume "beta" |
        | FILE_SYSTEM_OPTIMIZED | reads key "a/report" in bucket "ln" in volume "beta"    |
        | FILE_SYSTEM_OPTIMIZED | lists directory "a" in bucket "ln" in volume "beta"     |
        | FILE_SYSTEM_OPTIMIZED | reads the status of "a" in bucket "ln" in volume "beta" |

    Scenario Outline: A key is written through the link into its source, of layout <layout>
      Given bucket "box" of layout <layout>
      And link "ln" to bucket "box"
      When the client writes key "a/report" in bucket "ln" with content "one"
      Then the answer is OK
      And key "a/report" in bucket "box" has content "one"
      And bucket "box" uses <used>

      Examples:
        | layout                | used    |
        | OBJECT_STORE          | 1 name  |
        | FILE_SYSTEM_OPTIMIZED | 2 names |

    Scenario Outline: Through the link the client <operation>
      Given bucket "box"
      And keys "a" and "b" in bucket "box" with content "one"
      And link "ln" to bucket "box"
      When the client <operation>
      Then the answer is OK
      And key "a" in bucket "box" is missing

      Examples:
        | operation                               |
        | deletes key "a" in bucket "ln"          |
        | deletes keys "a" and "b" in bucket "ln" |
        | renames key "a" in bucket "ln" to "c"   |
        | renames keys "a" to "c" in bucket "ln"  |

    Scenario Outline: A session of bucket <opened> is committed at <committed>
      Given bucket "box"
      And link "ln" to bucket "box"
      And session "s" of key "a" in bucket <opened> with content "one"
      When the client commits session "s" as key "a" in bucket <committed>
      Then the answer is OK
      And key "a" in bucket "box" has content "one"

      Examples: link and source are one place
        | opened | committed |
        | "ln"   | "ln"      |
        | "ln"   | "box"     |
        | "box"  | "ln"      |

    Example: Through the link the source is emptied
      Given bucket "box"
      And keys "a" and "b" in bucket "box"
      And link "ln" to bucket "box"
      When the client deletes keys "a" and "b" in bucket "ln"
      Then bucket "box" shows nothing
      And bucket "ln" uses 0 names

    Example: What changes at the source shows through the link
      Given bucket "box"
      And link "ln" to bucket "box"
      When the client writes key "a" in bucket "box" with content "one"
      And the client writes key "a" in bucket "box" with content "two"
      Then key "a" in bucket "ln" has content "two"
      And bucket "ln" uses 1 name

    Example: A link to a link in three volumes
      Given bucket "box" in volume "alpha"
      And link "near" in volume "beta" to bucket "box" in volume "alpha"
      And link "far" in volume "gamma" to bucket "near" in volume "beta"
      When the client writes key "a" in bucket "far" in volume "gamma" with content "one"
      Then key "a" in bucket "box" in volume "alpha" has content "one"
      And key "a" in bucket "near" in volume "beta" has content "one"

    Example: A link leads to the bucket that it names, not to its neighbours
      Given buckets "box", "box2" and "bo" in volume "alpha"
      And bucket "box" in volume "beta"
      And link "ln" in volume "beta" to bucket "box" in volume "alpha"
      When the client writes key "a" in bucket "ln" in volume "beta" with content "one"
      Then bucket "box" in volume "beta" is as it was
      And bucket "box2" in volume "alpha" is as it was

    Example: A link shows the layout, the limits and the use of its source
      Given bucket "box" of layout FILE_SYSTEM_OPTIMIZED with versioning and a quota of 7 names
      And directory "a/b" in bucket "box"
      When the client creates link "ln" to bucket "box"
      Then bucket "ln" has layout FILE_SYSTEM_OPTIMIZED
      And bucket "ln" has versioning and a quota of 7 names
      And bucket "ln" uses 2 names

    Example: A change of the source shows in the link
      Given bucket "box" in volume "alpha"
      And link "ln" in volume "alpha" to bucket "box" in volume "alpha"
      When the client gives bucket "box" in volume "alpha" versioning and a quota of 8 names
      Then bucket "ln" in volume "alpha" has versioning and a quota of 8 names
      And bucket "ln" in volume "alpha" has another object id than bucket "box" in volume "alpha"

    Example: A link is given to another owner, and its source is not
      Given bucket "box" with owner "ann"
      And link "ln" to bucket "box"
      When the client gives bucket "ln" to "bob"
      Then the answer is OK
      And bucket "ln" has owner "bob"
      And bucket "box" is as it was

    Scenario Outline: A link is refused <properties>
      Given bucket "box" with a quota of 7 names
      And link "ln" to bucket "box"
      When the client gives bucket "ln" <properties>
      Then the answer is NOT_SUPPORTED_OPERATION
      And bucket "ln" is as it was
      And bucket "box" is as it was

      Examples: they are its source's
        | properties               |
        | versioning               |
        | a quota of 8 names       |
        | metadata "colour" as "1" |

    Scenario Outline: The source has a limit, and through the link the client <operation>
      Given bucket "box" with a quota of 2 names
      And keys "a" and "b" in bucket "box"
      And link "ln" to bucket "box"
      When the client <operation>
      Then the answer is QUOTA_EXCEEDED
      And bucket "box" is as it was

      Examples:
        | operation                            |
        | opens key "c" in bucket "ln"         |
        | creates directory "d" in bucket "ln" |

    Example: The link goes, and the source stays
      Given bucket "box"
      And key "a" in bucket "box" with content "one"
      And link "ln" to bucket "box"
      When the client deletes bucket "ln"
      Then bucket "ln" is missing
      And key "a" in bucket "box" is as it was

    Scenario Outline: The source is not there, and the client <operation>
      Given link "ln" to bucket "box"
      When the client <operation>
      Then the answer is BUCKET_NOT_FOUND
      And bucket "ln" is as it was
      And bucket "box" is missing

      Examples:
        | operation                            |
        | opens key "a" in bucket "ln"         |
        | reads key "a" in bucket "ln"         |
        | deletes key "a" in bucket "ln"       |
        | lists the keys of bucket "ln"        |
        | lists the root of bucket "ln"        |
        | creates directory "d" in bucket "ln" |

    Example: The source goes, and comes again
      Given bucket "box"
      And link "ln" to bucket "box"
      When the client deletes bucket "box"
      And the client creates bucket "box" of layout FILE_SYSTEM_OPTIMIZED
      And the client writes key "a/report" in bucket "ln" with content "one"
      Then key "a/report" in bucket "box" has content "one"

    Example: The volume of the source is not there
      Given volume "alpha"
      And link "ln" in volume "alpha" to bucket "box" in volume "beta"
      When the client reads key "a" in bucket "ln" in volume "alpha"
      Then the answer is VOLUME_NOT_FOUND
      And bucket "ln" in volume "alpha" is as it was

    Scenario Outline: A link leads to itself, and the client <operation>
      Given volume "alpha"
      When the client creates link "ln" in volume "alpha" to bucket "ln" in volume "alpha"
      And the client <operation>
      Then the answer is DETECTED_LOOP_IN_BUCKET_LINKS

      Examples:
        | operation                                                       |
        | reads bucket "ln" in volume "alpha"                             |
        | opens key "a" in bucket "ln" in volume "alpha"                  |
        | commits key "a" in bucket "ln" in volume "alpha" as client id 7 |
        | reads key "a" in bucket "ln" in volume "alpha"                  |
        | looks up key "a" in bucket "ln" in volume "alpha"               |
        | deletes key "a" in bucket "ln" in volume "alpha"                |
        | deletes keys "a" and "b" in bucket "ln" in volume "alpha"       |
        | renames key "a" in bucket "ln" in volume "alpha" to "b"         |
        | lists the keys of bucket "ln" in volume "alpha"                 |
        | lists the root of bucket "ln" in volume "alpha"                 |
        | reads the status of "a" in bucket "ln" in volume "alpha"        |
        | creates directory "d" in bucket "ln" in volume "alpha"          |

    Scenario Outline: Three links lead round, and the client <operation>
      Given link "one" in volume "alpha" to bucket "two" in volume "beta"
      And link "two" in volume "beta" to bucket "three" in volume "alpha"
      When the client creates link "three" in volume "alpha" to bucket "one" in volume "alpha"
      And the client <operation>
      Then the answer is DETECTED_LOOP_IN_BUCKET_LINKS

      Examples:
        | operation                                          |
        | reads key "a" in bucket "one" in volume "alpha"    |
        | opens key "a" in bucket "two" in volume "beta"     |
        | lists the keys of bucket "three" in volume "alpha" |
        | reads bucket "two" in volume "beta"                |

    Example: A link outside of a loop leads into it
      Given link "one" to bucket "two"
      And link "way" to bucket "one"
      When the client creates link "two" to bucket "one"
      And the client reads key "a" in bucket "way"
      Then the answer is DETECTED_LOOP_IN_BUCKET_LINKS

    Example: Two ways to one bucket are no loop
      Given bucket "box"
      And link "near" to bucket "box"
      And link "far" to bucket "near"
      And link "other" to bucket "near"
      When the client writes key "a" in bucket "other" with content "one"
      Then key "a" in bucket "far" has content "one"

    Example: A loop is listed, and one of its links goes
      Given link "one" in volume "alpha" to bucket "two" in volume "alpha"
      When the client creates link "two" in volume "alpha" to bucket "one" in volume "alpha"
      And the client lists the buckets of volume "alpha" 10 at a time
      And the client deletes bucket "one" in volume "alpha"
      Then the answer is OK
      And the pages hold buckets "one" and "two" in this order
