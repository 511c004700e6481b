package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import java.util.Map;

/**
 * The outputs of an execution.
 *
 * @param outputs the blobs of the outputs
 * @param publish writes the blobs; before that no caller sees them
 */
record ScoredOutputs(Map<String, BlobReference> outputs, Runnable publish) {}
