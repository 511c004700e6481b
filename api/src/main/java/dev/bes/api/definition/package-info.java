/** The JSON of definitions, their checks and their schedules. */
@NullMarked
package dev.bes.api.definition;

import org.jspecify.annotations.NullMarked;
