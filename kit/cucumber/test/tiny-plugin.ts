/** The kit's plugin on the tiny cluster. */
import { conformancePlugin } from '../plugin.js';
import { tinyCluster } from './tiny-cluster.js';

export default conformancePlugin(tinyCluster());
