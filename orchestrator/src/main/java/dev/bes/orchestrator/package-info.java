/** The service as a whole: wires the packages below and offers the command line. */
@NullMarked
package dev.bes.orchestrator;

import org.jspecify.annotations.NullMarked;
