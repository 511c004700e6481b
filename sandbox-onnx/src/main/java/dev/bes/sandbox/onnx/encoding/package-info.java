/** How columns of the data become values of input tensors, as a model's YAML says. */
@NullMarked
package dev.bes.sandbox.onnx.encoding;

import org.jspecify.annotations.NullMarked;
