/** The command {@code bes}. */
@NullMarked
package dev.bes.cli;

import org.jspecify.annotations.NullMarked;
