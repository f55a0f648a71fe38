@ha @stage:plain @stage:read-consistency
Feature: T - nodes

  @T-4 @must @needs:kill-node
  Rule: T-4 A killed node stays dead
    Source: kit.

    Example: it stays dead
      Then 2 is even

  @T-5 @must
  Rule: T-5 A node is called a node
    Source: kit.

    Example: it has a name
      Then the stage is one that this target offers
