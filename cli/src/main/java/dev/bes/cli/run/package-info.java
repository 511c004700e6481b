/** The commands on runs. */
@NullMarked
package dev.bes.cli.run;

import org.jspecify.annotations.NullMarked;
