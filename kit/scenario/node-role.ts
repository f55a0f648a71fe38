/** Which nodes a role means. Pure. */
import { EnvironmentError } from '../failure.js';

export type Role =
  | 'the leader'
  | 'a follower'
  | 'that follower'
  | 'another follower'
  | 'every follower'
  | 'every node'
  | 'every node but a follower';

/**
 * `a follower` and `that follower` are the same one, which `every node but a follower` leaves out. `another follower` is the
 * one after it. Throws EnvironmentError GIVEN_NOT_MET where the cluster has no such follower and one is asked for.
 */
export function nodesInRole(role: Role, nodes: readonly string[], leader: string): readonly string[] {
  const followers = nodes.filter((node) => node !== leader);
  switch (role) {
    case 'the leader':
      return [leader];
    case 'every node':
      return nodes;
    case 'another follower': {
      const [, second] = followers;
      if (second === undefined) throw new EnvironmentError('GIVEN_NOT_MET', 'the cluster has no second follower');
      return [second];
    }
    case 'a follower':
    case 'that follower':
    case 'every follower':
    case 'every node but a follower': {
      const [first] = followers;
      if (first === undefined) throw new EnvironmentError('GIVEN_NOT_MET', 'a cluster of one node has no follower');
      if (role === 'every follower') return followers;
      return role === 'every node but a follower' ? nodes.filter((node) => node !== first) : [first];
    }
  }
}
