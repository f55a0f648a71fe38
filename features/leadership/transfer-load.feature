@ha @stage:plain
Feature: HA - leadership handed over under load

  Clients write, rename, delete, read and list on few names, so that they meet all the time, and one node after the other is made
  the leader meanwhile. Each call is recorded with the time in which it was open. A write without an answer, or refused while
  leadership moved, may have happened once, at any time after it was sent, or never. In the end everything is read.

  @HA-10 @must @disruptive
  Rule: HA-10 During a transfer under load every acknowledged write is kept and the history is linearizable
    Source: Apache Ozone 2.2, as observed on the wire, and design document 001.
    A history is linearizable when one order of its calls keeps the order of real time and explains every answer: an acknowledged
    write that was lost is then missing from the reads behind it. Reads are asked of the leader, which confirms that it leads
    before it answers them; a plain read may be old while leadership moves. A leader that can reach nobody holds the transfer pending:
    what it is asked meanwhile it can neither carry out nor hand on.

    Example: Twice, from one node to the next and on to another
      Given a settled cluster
      When 8 clients work on 400 mixed operations, reading at the leader with LINEARIZABLE_ALLOW_FOLLOWER, while leadership is handed over
      Then the history is linearizable

    @needs:isolate-node
    Example: The leader is cut off before it is asked, so that nobody can take over what it has
      Given a settled cluster
      And 4 clients write for a while
      And from now on the leader is cut off
      When 4 clients write there while it is asked to hand over leadership, until another node leads and it is back
      Then every acknowledged write is there
