@read-consistency @stage:read-consistency
Feature: RC - listings at followers

  A listing reads many records. At a follower they all have to be as new as the answer that the leader gave to its question, or newer;
  upstream has seen a listing of 101 keys with 100 of them (HDDS-14741).

  @RC-5 @must
  Rule: RC-5 A listing at a follower under RC-2 misses no acknowledged key and shows no deleted one
    Source: Apache Ozone 2.2, as observed on the wire.
    Under LINEARIZABLE_ALLOW_FOLLOWER. Each client makes and deletes names of its own beside the others and lists on all followers after
    each change that was acknowledged to it. Level by level, the keys stand in a directory.

    Background:
      Given a settled cluster
      And volume "alpha"
      And bucket "box" in volume "alpha"

    Scenario Outline: Keys of a bucket of layout <layout> come and go, and are listed <manner>
      Given bucket "crate" in volume "alpha" of layout <layout>
      When 4 clients make and delete keys of bucket "crate" in volume "alpha" 8 times each and list them <manner> on every follower
      Then every listing shows what was acknowledged before it

      Examples:
        | layout                | manner         |
        | OBJECT_STORE          | in full        |
        | OBJECT_STORE          | in short       |
        | OBJECT_STORE          | level by level |
        | FILE_SYSTEM_OPTIMIZED | level by level |

    Example: Buckets of a volume come and go, and are listed
      When 4 clients make and delete buckets of volume "alpha" 8 times each and list them on every follower
      Then every listing shows what was acknowledged before it

    @needs:pause-apply @disruptive
    Scenario Outline: The follower has the changes and has not applied them when it <lists>
      Given keys "a" and "b" in bucket "box" in volume "alpha"
      And a follower that has stopped applying
      When the client writes key "c" in bucket "box" in volume "alpha"
      And the client deletes key "a" in bucket "box" in volume "alpha"
      And the client <lists> there with LINEARIZABLE_ALLOW_FOLLOWER as it comes back
      Then the listing holds keys "b" and "c"

      Examples:
        | lists                                                     |
        | lists the keys of bucket "box" in volume "alpha"          |
        | lists the keys of bucket "box" in volume "alpha" in short |

    @needs:freeze-node @disruptive
    Example: The follower slept through the changes
      Given keys "a" and "b" in bucket "box" in volume "alpha"
      And a follower that is frozen
      When the client writes key "c" in bucket "box" in volume "alpha"
      And the client deletes key "a" in bucket "box" in volume "alpha"
      And the client lists the keys of bucket "box" in volume "alpha" there with LINEARIZABLE_ALLOW_FOLLOWER as it comes back
      Then the listing holds keys "b" and "c"
