@core @stage:plain
Feature: W - who acts

  Without security an OM believes what a request says of its user, once the caller also says where he is.

  @W-10 @should
  Rule: W-10 userInfo with both address headers decides the owner of what a write creates
    Source: Apache Ozone 2.2, as observed on the wire.
    The headers are the metadata client_hostname and client_ip_address. Ozone shows the owner of what it makes in the access
    list, as the user that has every right; the fields for an owner say what the request said. With one header, or none,
    the server's own user acts, whoever that is. A volume names its owner in the request, which holds whoever acts.

    Example: A user makes a bucket
      Given volume "alpha" of "ann"
      When the client creates bucket "box" in volume "alpha" for user "carol" with both address headers
      Then the answer is OK
      And it gives everything to "carol"

    Scenario Outline: A user with <headers> makes a bucket
      Given volume "alpha" of "ann"
      When the client creates bucket "box" in volume "alpha" for user "carol" with <headers>
      Then the answer is OK
      And it gives nothing to "carol"

      Examples:
        | headers              |
        | the host name alone  |
        | the IP address alone |
        | no address header    |

    Scenario Outline: A user with <headers> makes <made>
      Given volume "alpha" of "ann"
      And bucket "box" in volume "alpha"
      When the client makes <made> in bucket "box" in volume "alpha" for user "carol" with <headers>
      Then the answer is OK
      And it gives <rights> to "carol"

      Examples:
        | made        | headers              | rights     |
        | a key       | both address headers | everything |
        | a key       | the host name alone  | nothing    |
        | a key       | the IP address alone | nothing    |
        | a key       | no address header    | nothing    |
        | a directory | both address headers | everything |
        | a directory | the host name alone  | nothing    |
        | a directory | the IP address alone | nothing    |
        | a directory | no address header    | nothing    |

    Example: A user makes a volume for somebody else
      When the client creates volume "alpha" of "ann" for user "carol" with both address headers
      Then the answer is OK
      And volume "alpha" belongs to "ann"
