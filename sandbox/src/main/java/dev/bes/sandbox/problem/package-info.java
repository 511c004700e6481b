/** The error catalogue of the Batch Execution and Request/Response Services. */
@NullMarked
package dev.bes.sandbox.problem;

import org.jspecify.annotations.NullMarked;
