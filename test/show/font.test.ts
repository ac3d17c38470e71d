import assert from "node:assert/strict";
import { fitText, fontFiles, runs, textWidth, wrapText } from "../../lib/show/font.ts";
import { rasterize, svgDocument, textElement } from "../../lib/show/svg.ts";

Deno.test("textWidth is the width that is drawn, within 3 %", () => {
  for (const text of ["Hamburgefonstiv 0123456789", "한국 여자 아이돌", "mean squared error"]) {
    const drawn = rasterize(svgDocument(600, 60, textElement(text, 10, 30, { size: 30 })), {
      scale: 1,
    });
    let right = 0;
    drawn.data.forEach((value, index) => {
      if (index % 4 === 3 && value > 40) right = Math.max(right, (index - 3) / 4 % drawn.width);
    });
    const width = textWidth(text, 30);
    assert.ok(Math.abs(right - 10 - width) < 0.03 * width, `${text}: ${right - 10} and ${width}`);
  }
});

Deno.test("fitText shortens to the width, wrapText breaks at spaces", () => {
  assert.equal(fitText("short", 500, 12), "short");
  const fitted = fitText("a rather long name of something", 80, 12);
  assert.match(fitted, /^a rather.*…$/);
  assert.ok(textWidth(fitted, 12) <= 80);
  const lines = wrapText("one two three four five six", 60, 12);
  assert.ok(lines.length > 1 && lines.every((line) => textWidth(line, 12) <= 60));
  assert.equal(lines.join(" "), "one two three four five six");
});

Deno.test("runs parts what Pretendard lacks from what it has", () => {
  assert.deepEqual(runs("한국 韩国 x").map(({ text }) => text), ["한국 ", "韩国", " x"]);
  assert.equal(fontFiles("Text 한국").length, 2);
  assert.equal(fontFiles("韩国").length, 3);
});

Deno.test("text beside Chinese characters looks as it does alone", () => {
  const left = textWidth("韩国", 20);
  const draw = (content: string) => rasterize(svgDocument(200, 40, content), { scale: 2 });
  const mixed = draw(textElement("韩国 abc", 0, 20, { size: 20 }));
  const alone = draw(textElement("abc", left + textWidth(" ", 20), 20, { size: 20 }));
  const beside = Math.ceil(2 * left) + 2;
  let drawn = 0;
  mixed.data.forEach((value, index) => {
    if (Math.floor(index / 4) % mixed.width < beside) return;
    if (index % 4 === 3 && value > 0) drawn++;
    assert.ok(Math.abs(value - alone.data[index]!) <= 2, `byte ${index}`);
  });
  assert.ok(drawn > 100);
});
