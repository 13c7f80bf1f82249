package io.hydra.manager.rest;

/** What a call needs before it is looked at any further. */
enum Need {
  /** To be somebody. */
  NOTHING_MORE,
  /**
   * To read some channel. Lists hold only what the caller may read; nodes and plans are
   * everybody's.
   */
  VIEW,
  VIEW_CHANNEL,
  /** An agent, or somebody who reads. */
  MANIFEST,
  PUBLISH,
  /** To publish or to operate: which of them, the call itself finds out. */
  PUBLISH_OR_OPERATE,
  OPERATE_CHANNEL,
  /** To operate some channel; the call itself finds out which. */
  OPERATE_SOMETHING,
  OPERATE_EVERYTHING,
  ADMINISTER_EVERYTHING,
  /** To be the Docto of the node in the path. */
  SAME_NODE,
  /** To be the AppMan of the instance in the path. */
  SAME_INSTANCE
}
