/** The JSON of runs, their scorings and their history. In all these packages the components of a record are the fields of the JSON. */
@NullMarked
package dev.bes.api.run;

import org.jspecify.annotations.NullMarked;
