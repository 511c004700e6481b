/** The file in which counters survive a restart: the calls counted for reports, and the counters of the limits. */
@NullMarked
package dev.bes.sandbox.counters;

import org.jspecify.annotations.NullMarked;
