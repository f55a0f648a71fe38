/** Which nodes a role means. Pure. */
import { EnvironmentError } from '../failure.js';

export type Role = 'the leader' | 'a follower' | 'every follower' | 'every node';

/** Throws EnvironmentError GIVEN_NOT_MET where the cluster has no follower and one is asked for. */
export function nodesInRole(role: Role, nodes: readonly string[], leader: string): readonly string[] {
  const followers = nodes.filter((node) => node !== leader);
  switch (role) {
    case 'the leader':
      return [leader];
    case 'every node':
      return nodes;
    case 'a follower':
    case 'every follower':
      if (followers.length === 0) throw new EnvironmentError('GIVEN_NOT_MET', 'a cluster of one node has no follower');
      return role === 'a follower' ? followers.slice(0, 1) : followers;
  }
}
