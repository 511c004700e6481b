/** Processes and ports of this machine. */
@NullMarked
package dev.bes.sandbox.process;

import org.jspecify.annotations.NullMarked;
