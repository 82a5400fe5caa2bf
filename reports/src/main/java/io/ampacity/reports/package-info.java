/**
 * Decision papers for the terminal, the browser and Markdown.
 *
 * <p>A paper is made in two steps. {@link io.ampacity.reports.DecisionPaper} turns a scenario, its plan and the replay
 * that proves it into a {@link io.ampacity.reports.paper.Paper}: sections of blocks, plain content without any form.
 * Three renderers then write the same paper as terminal text, as one HTML file and as Markdown. What is said is
 * therefore the same in all three, and each renderer alone knows what is dangerous in its form.
 */
@NullMarked
package io.ampacity.reports;

import org.jspecify.annotations.NullMarked;
