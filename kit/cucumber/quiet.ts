/** A formatter that writes nothing: for runs through the API, where observers show what there is to see. */
import { Formatter } from '@cucumber/cucumber';

export default class QuietFormatter extends Formatter {}
