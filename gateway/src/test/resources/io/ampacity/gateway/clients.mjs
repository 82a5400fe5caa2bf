// Speaks to a gateway through the clients of npm: node clients.mjs BASE-URL. Says "fine" and a name for each thing that went well.
import assert from 'node:assert/strict';
import OpenAI, { BadRequestError } from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { generateText, streamText } from 'ai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';

const base = process.argv[2];
const model = 'emulated';
const question = [{ role: 'user', content: 'Tell me something long.' }];
const openai = new OpenAI({ baseURL: base + '/v1', apiKey: 'none', maxRetries: 0 });
const anthropic = new Anthropic({ baseURL: base, apiKey: 'none', maxRetries: 0 });
const compatible = createOpenAICompatible({ name: 'gateway', baseURL: base + '/v1' });

async function fine(name, work) {
  await work();
  console.log('fine ' + name);
}

let whole;
await fine('openai chat', async () => {
  const answer = await openai.chat.completions.create({ model, messages: question });
  whole = answer.choices[0].message.content;
  assert.equal(answer.usage.completion_tokens, 64);
});
await fine('openai stream', async () => {
  let words = '';
  let usage;
  const stream = await openai.chat.completions.create(
    { model, messages: question, stream: true, stream_options: { include_usage: true } });
  for await (const chunk of stream) {
    words += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.equal(words, whole);
  assert.equal(usage.completion_tokens, 64);
});
await fine('openai tools', async () => {
  const tool = { type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } };
  const answer = await openai.chat.completions.create(
    { model, messages: question, tools: [tool], tool_choice: { type: 'function', function: { name: 'look' } } });
  assert.equal(answer.choices[0].message.tool_calls[0].function.name, 'look');
  JSON.parse(answer.choices[0].message.tool_calls[0].function.arguments);
});
await fine('openai structured output', async () => {
  const schema = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'], additionalProperties: false };
  const answer = await openai.chat.completions.create({
    model, messages: question,
    response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } } });
  assert.equal(typeof JSON.parse(answer.choices[0].message.content), 'object');
});
await fine('openai responses', async () => {
  const answer = await openai.responses.create({ model, input: 'Tell me something long.' });
  assert.ok(answer.output_text.length > 0);
});
await fine('openai embeddings', async () => {
  const answer = await openai.embeddings.create({ model, input: 'a', encoding_format: 'float' });
  assert.ok(answer.data[0].embedding.length > 0);
});
await fine('openai models', async () => {
  assert.equal((await openai.models.list()).data.length, 1);
});
await fine('openai error', async () => {
  await assert.rejects(
    openai.chat.completions.create({ model, messages: question, max_tokens: 1, stream: true },
      { headers: { 'x-ampacity-data-class': 'unheard-of' } }),
    BadRequestError);
});
await fine('openai abort', async () => {
  const stream = await openai.chat.completions.create({ model, messages: question, stream: true });
  for await (const chunk of stream) {
    assert.ok(chunk);
    stream.controller.abort();
    break;
  }
});
await fine('anthropic chat', async () => {
  const answer = await anthropic.messages.create({ model, max_tokens: 64, messages: question });
  assert.equal(answer.content[0].text, whole);
  assert.equal(answer.usage.output_tokens, 64);
});
await fine('anthropic stream', async () => {
  const stream = anthropic.messages.stream({ model, max_tokens: 64, messages: question });
  assert.equal(await stream.finalText(), whole);
});
await fine('anthropic error', async () => {
  await assert.rejects(anthropic.messages.create({ model: 'nobody', max_tokens: 9, messages: question }), Anthropic.NotFoundError);
});
await fine('ai text', async () => {
  const answer = await generateText({ model: compatible(model), prompt: 'Tell me something long.', maxRetries: 0 });
  assert.equal(answer.text, whole);
});
await fine('ai stream', async () => {
  const answer = streamText({ model: compatible(model), prompt: 'Tell me something long.', maxRetries: 0 });
  let words = '';
  for await (const piece of answer.textStream) words += piece;
  assert.equal(words, whole);
});
