/** Models in files of the ONNX format, scored by ONNX Runtime: what their YAML says, the checks at start, and the scoring. */
@NullMarked
package dev.bes.sandbox.onnx;

import org.jspecify.annotations.NullMarked;
