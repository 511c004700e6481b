package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import java.util.Map;

/**
 * The outputs of an execution.
 *
 * @param outputs the blobs of the outputs
 * @param publish writes the blobs, which are not visible before
 */
record ScoredOutputs(Map<String, BlobReference> outputs, Runnable publish) {}
