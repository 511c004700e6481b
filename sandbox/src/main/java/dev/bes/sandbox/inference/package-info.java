/** The Open Inference Protocol v2 over HTTP: rows as tensors, scored within one call. */
@NullMarked
package dev.bes.sandbox.inference;

import org.jspecify.annotations.NullMarked;
