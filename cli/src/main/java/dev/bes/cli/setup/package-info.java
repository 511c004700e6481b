/** Which servers there are, and completion for the shell. */
@NullMarked
package dev.bes.cli.setup;

import org.jspecify.annotations.NullMarked;
