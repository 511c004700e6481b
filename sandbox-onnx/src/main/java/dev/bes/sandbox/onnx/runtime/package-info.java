/** ONNX Runtime: opens models, and scores blocks of rows. */
@NullMarked
package dev.bes.sandbox.onnx.runtime;

import org.jspecify.annotations.NullMarked;
