package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import java.util.Map;

/**
 * What an execution has made.
 *
 * @param outputs where the outputs are
 * @param publish puts them there; until then nobody sees them
 */
record ScoredOutputs(Map<String, BlobReference> outputs, Runnable publish) {}
