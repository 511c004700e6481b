/** The commands on definitions and their schedules. */
@NullMarked
package dev.bes.cli.definition;

import org.jspecify.annotations.NullMarked;
