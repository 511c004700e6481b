/** The evidence as it is read: journals, a snapshot of the database, files, blobs and texts. */
@NullMarked
package dev.bes.testbench.checker.evidence;

import org.jspecify.annotations.NullMarked;
