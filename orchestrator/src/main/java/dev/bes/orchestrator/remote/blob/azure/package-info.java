/** Blobs in Azure Blob Storage. */
@NamedInterface("blob-azure")
@NullMarked
package dev.bes.orchestrator.remote.blob.azure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
