/** Blob storage: the Azurite process, references to single blobs, reading and writing them. */
@NullMarked
package dev.bes.sandbox.blob;

import org.jspecify.annotations.NullMarked;
