/**
 * Attribute tables: what a document may say, written once.
 *
 * <p>A {@link io.ampacity.documents.schema.Section} is a mapping with known keys, a table of
 * {@link io.ampacity.documents.schema.Attribute}s. Each attribute has a
 * {@link io.ampacity.documents.schema.ValueType} that reads it, bounds it, and describes it. The same table
 *
 * <ul>
 *   <li>checks a document and gives every mistake its place ({@link io.ampacity.documents.schema.SchemaReading}),
 *   <li>fills in defaults and hands typed values to the code that builds records
 *       ({@link io.ampacity.documents.schema.Form}),
 *   <li>becomes a JSON Schema for editors ({@link io.ampacity.documents.schema.JsonSchema}),
 *   <li>becomes a reference page ({@link io.ampacity.documents.schema.ReferencePage}),
 * </ul>
 *
 * <p>so that none of the four can say anything the others do not.
 */
@NullMarked
package io.ampacity.documents.schema;

import org.jspecify.annotations.NullMarked;
