"""What the pictures of the sample press show: one small landscape for each subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marsad.demo.canvas import HEIGHT, WIDTH, Canvas

#: Skies of three times of day: top and bottom.
SKIES = (("7fb4dd", "e9f3fa"), ("f2b880", "fbe6c9"), ("5a6ea8", "f0c4a6"))


def _open_sky(c: Canvas) -> None:
    top, bottom = SKIES[c.seed % len(SKIES)]
    c.sky(top, bottom)
    c.sun(c.chance(1, 120, 680), c.chance(2, 70, 130), 30, "fff3d0", "ffe7b0")


def rain(c: Canvas) -> None:
    c.sky("596878", "a9b6c0")
    for index in range(4):
        c.cloud(c.chance(index, 40, 760), c.chance(index + 9, 40, 90), c.chance(index + 5, 55, 85), "7c8a96")
    c.ridge(300, 40, "5f7f6c", index=1)
    c.ridge(360, 25, "486553", index=2)
    for index in range(150):
        x, y = c.chance(index, 0, 820), c.chance(index + 300, 90, 430)
        c.line([(x, y), (x - 6, y + 20)], "d7e2ea", 1)
    for index in range(5):
        c.oval(c.chance(index + 40, 60, 740), c.chance(index + 50, 395, 435), 50, 6, "8fa6b3")


def dam(c: Canvas) -> None:
    _open_sky(c)
    c.ridge(210, 70, "7f8f73", index=1, rough=1.6)
    c.ridge(260, 40, "66795c", index=2)
    c.box(0, 250, WIDTH, 90, "4f8fb3")
    for index in range(18):
        x, y = c.chance(index, 0, 760), c.chance(index + 20, 258, 290)
        c.line([(x, y), (x + 50, y)], "86b9d3", 1.5)
    c.polygon([(70, 290), (730, 290), (660, 450), (140, 450)], "b9b3a6")
    c.box(60, 280, 680, 16, "d5d0c5")
    for index in range(6):
        x = 170.0 + index * 85
        c.box(x, 310, 34, 140, "a39d90")
        c.polygon([(x + 6, 330), (x + 28, 330), (x + 34, 450), (x, 450)], "e4eff5")


def snow(c: Canvas) -> None:
    c.sky("9fb6cc", "eef3f8")
    for index in range(4):
        x, peak = c.chance(index, 60, 740), c.chance(index + 9, 110, 190)
        c.polygon([(x - 220, 360), (x, peak), (x + 220, 360)], "8494a8")
        c.polygon(
            [(x - 66, peak + 75), (x, peak), (x + 66, peak + 75), (x + 20, peak + 58), (x - 18, peak + 82)],
            "ffffff",
        )
    c.ridge(350, 18, "f7fafc", index=3)
    for index in range(9):
        x, foot = c.chance(index + 30, 20, 780), c.chance(index + 45, 365, 435)
        for step in range(3):
            c.polygon(
                [
                    (x - 24 + step * 5, foot - step * 20),
                    (x, foot - 40 - step * 20),
                    (x + 24 - step * 5, foot - step * 20),
                ],
                "3c5f54",
            )
    for index in range(120):
        c.disc(c.chance(index, 0, 800), c.chance(index + 200, 0, 450), 1.8, "ffffff")


def wind(c: Canvas) -> None:
    c.sky("8aa9bd", "dfe9ec")
    for index in range(3):
        c.cloud(c.chance(index, 80, 720), c.chance(index + 4, 60, 130), 50, "f4f7f8")
    c.ridge(330, 25, "a5a877", index=1)
    c.ridge(380, 15, "8b9160", index=2)
    for index in range(4):
        c.palm(110 + index * 180 + c.chance(index, -30, 30), 395, 165, lean=70)
    for index in range(9):
        x, y = c.chance(index + 60, 0, 650), c.chance(index + 80, 120, 340)
        c.line([(x, y), (x + 110, y)], "ffffff", 2)
        c.arc(x + 110, y - 11, 11, (270, 90), "ffffff", 2)


def sea(c: Canvas) -> None:
    _open_sky(c)
    c.box(0, 240, WIDTH, 210, "3f84a8")
    for row in range(10):
        shade = ("5d9dbd", "2f6f93")[row % 2]
        for index in range(14):
            x = index * 64 + c.chance(row, 0, 60)
            c.arc(x, 262 + row * 20, 24, (200, 340), shade, 2.5)
    x = c.chance(7, 200, 600)
    c.polygon([(x - 60, 290), (x + 60, 290), (x + 40, 318), (x - 40, 318)], "8a3b2a")
    c.polygon([(x, 180), (x, 282), (x + 62, 282)], "fbf7ec")
    c.polygon([(x - 6, 200), (x - 6, 282), (x - 46, 282)], "efe5cf")


def desert(c: Canvas) -> None:
    c.sky("e9b872", "fbe9cc")
    c.sun(c.chance(1, 150, 650), 100, 36, "fffaf0", "ffdf9e")
    for index, colour in enumerate(("d9a566", "cf9654", "c08446", "ab7139")):
        c.ridge(270 + index * 45, 34 - index * 4, colour, index=index)
    for index in range(3):
        x = 250 + index * 60 + c.chance(3, -60, 150)
        c.oval(x, 318, 14, 8, "5b3b1e")
        c.line([(x - 8, 322), (x - 8, 340)], "5b3b1e", 2.5)
        c.line([(x + 8, 322), (x + 8, 340)], "5b3b1e", 2.5)
        c.line([(x + 11, 316), (x + 20, 302), (x + 26, 303)], "5b3b1e", 3)


def football(c: Canvas) -> None:
    c.sky("88b5d6", "dcebf4", 170)
    c.box(0, 120, WIDTH, 60, "6c7480")
    for index in range(260):
        x, y = c.chance(index, 0, 800), c.chance(index + 400, 124, 174)
        c.disc(x, y, 3, ("e8c16a", "d65f4c", "f2f2f2", "5a8bb8")[index % 4])
    for row in range(6):
        c.box(0, 180 + row * 45, WIDTH, 45, ("4f9a4f", "5aa95a")[row % 2])
    c.line([(0, 240), (WIDTH, 240)], "f5f9f5", 3)
    c.line([(250, 240), (210, 330), (590, 330), (550, 240)], "f5f9f5", 3)
    c.line([(310, 240), (310, 150), (490, 150), (490, 240)], "ffffff", 5)
    for step in range(1, 9):
        c.line([(310 + step * 20, 152), (310 + step * 20, 238)], "dfe7df", 0.7)
    x = c.chance(5, 220, 580)
    c.oval(x, 404, 26, 6, "3f7f3f")
    c.disc(x, 382, 22, "ffffff")
    c.disc(x, 382, 8, "2b2b2b")


def library(c: Canvas) -> None:
    c.sky("4a3526", "6a4c36")
    covers = ("a63d40", "e9b872", "90a959", "6494aa", "d8c99b", "7a5c8e", "c97b4a")
    for shelf in range(4):
        foot = 110 + shelf * 110
        x, index = 12.0, shelf * 100
        while x < WIDTH - 30:
            wide, tall = c.chance(index, 12, 28), c.chance(index + 50, 58, 86)
            c.box(x, foot - tall, wide, tall, covers[int(c.chance(index + 70, 0, 6.99))], 1)
            c.box(x + 2, foot - tall + 10, wide - 4, 4, "f3ead7")
            x, index = x + wide + 2, index + 1
        c.box(0, foot, WIDTH, 12, "8b6242")


def market(c: Canvas) -> None:
    _open_sky(c)
    c.box(0, 150, WIDTH, 300, "d9b48a")
    for index in range(5):
        c.box(index * 170 - 20, 110 + c.chance(index, 0, 30), 165, 260, ("e6c9a3", "dcb68c")[index % 2])
    c.box(0, 360, WIDTH, 90, "b08a63")
    for stall in range(4):
        left = 20 + stall * 198
        c.box(left + 8, 250, 6, 130, "6b4a2b")
        c.box(left + 160, 250, 6, 130, "6b4a2b")
        for stripe in range(7):
            x = left + stripe * 25
            colour = (("c0392b", "2e7d6b", "d98324", "3c6e9f")[stall], "fbf5e6")[stripe % 2]
            c.polygon([(x + 10, 215), (x + 35, 215), (x + 25, 258), (x, 258)], colour)
        c.box(left, 335, 175, 45, "8b5e34")
        for fruit in range(16):
            x, y = left + 12 + fruit % 8 * 21, 330 - fruit // 8 * 14
            c.disc(x, y, 10, ("e8862e", "c8352b", "7fa043", "f0c63f")[(stall + fruit // 4) % 4])


def train(c: Canvas) -> None:
    _open_sky(c)
    c.ridge(250, 45, "9aa86f", index=1)
    c.ridge(320, 20, "7f9158", index=2)
    c.box(0, 372, WIDTH, 78, "8d8378")
    for sleeper in range(28):
        c.box(sleeper * 30, 388, 16, 10, "5c4633")
    c.box(0, 384, WIDTH, 5, "3d3d44")
    for wagon in range(3):
        x = 30 + wagon * 262
        c.box(x, 275, 256, 95, "f4f4f0", 14)
        c.box(x, 335, 256, 18, "b23a32")
        for window in range(5):
            c.box(x + 16 + window * 47, 292, 36, 30, "33506b", 4)
        for wheel in (40, 80, 176, 216):
            c.disc(x + wheel, 374, 12, "2d2d33")


def school(c: Canvas) -> None:
    _open_sky(c)
    c.ridge(330, 15, "8fae6a", index=1)
    c.box(150, 190, 500, 190, "efd9b4")
    c.box(140, 172, 520, 22, "b5563c")
    for row in range(2):
        for window in range(7):
            if row == 0 or window != 3:
                c.box(176 + window * 66, 212 + row * 84, 44, 48, "5d86a8", 2)
    c.box(374, 296, 52, 84, "6b4226")
    c.box(0, 380, WIDTH, 70, "cdb68d")
    for x in (70.0, 730.0):
        c.box(x - 6, 300, 12, 85, "6b4a2b")
        c.disc(x, 280, 48, "4f8a4a")
    for index in range(6):
        x = c.chance(index, 180, 620)
        c.disc(x, 392, 8, "8a5a3b")
        c.box(x - 8, 400, 16, 26, ("c0392b", "2e6da4", "e0a030")[index % 3], 4)


def clinic(c: Canvas) -> None:
    _open_sky(c)
    c.box(0, 370, WIDTH, 80, "a9b39b")
    c.box(120, 150, 560, 230, "fafafa")
    c.box(120, 150, 560, 12, "2c8c6e")
    for row in range(2):
        for window in range(6):
            c.box(150 + window * 88, 205 + row * 78, 56, 44, "8fc0d6", 3)
    c.box(352, 290, 96, 90, "5e93ad")
    c.box(398, 290, 4, 90, "fafafa")
    c.disc(400, 185, 26, "2c8c6e")
    c.disc(409, 180, 21, "fafafa")
    for x in (60, 740):
        c.palm(x, 385, 170)


def mosque(c: Canvas) -> None:
    c.sky(*(("2c3566", "e7a77a"), ("34507a", "f3cfa0"), ("7fb4dd", "f4ead8"))[c.seed % 3])
    c.disc(620, 80, 26, "fbf1cf")
    c.ridge(340, 18, "7d6a58", index=1)
    left = c.chance(3, 180, 320)
    c.box(left, 110, 74, 270, "d9b382")
    c.box(left + 20, 66, 34, 46, "d9b382")
    c.disc(left + 37, 62, 13, "3f7f6b")
    for row in range(4):
        c.box(left + 25, 140 + row * 58, 24, 30, "7a5233", 12)
    for tooth in range(5):
        c.box(left + tooth * 16, 100, 10, 14, "d9b382")
    c.box(left + 74, 260, 330, 120, "ecd6ae")
    c.polygon([(left + 64, 262), (left + 414, 262), (left + 384, 228), (left + 94, 228)], "3f7f6b")
    for arch in range(4):
        x = left + 98 + arch * 78
        c.disc(x + 22, 318, 22, "6b4a33")
        c.box(x, 318, 44, 62, "6b4a33")
    c.box(0, 380, WIDTH, 70, "a58a66")


def mountain(c: Canvas) -> None:
    _open_sky(c)
    for index, colour in enumerate(("a9b8c9", "8a9db0", "6d8a7c", "4f7057", "3a5741")):
        c.ridge(200 + index * 52, 62 - index * 9, colour, index=index, rough=1.9 - index * 0.25)


def palm(c: Canvas) -> None:
    _open_sky(c)
    c.ridge(280, 22, "d8ab6c", index=1)
    c.ridge(330, 14, "b79a5a", index=2)
    c.oval(400, 400, 330, 34, "5a9bb5")
    for index in range(8):
        c.palm(
            40 + index * 102 + c.chance(index, -25, 25),
            372 + c.chance(index + 9, 0, 40),
            c.chance(index + 20, 120, 210),
            12,
        )


def festival(c: Canvas) -> None:
    c.sky("1f2350", "8a4a78")
    for index in range(60):
        c.disc(c.chance(index, 0, 800), c.chance(index + 90, 0, 160), 1.3, "fdf6d8")
    c.polygon([(180, 370), (240, 170), (560, 170), (620, 370)], "3a2d5c")
    c.box(160, 350, 480, 26, "6b3f2a")
    for index, colour in enumerate(("f6d365", "ef6f6c", "7fd1ae", "8fb8ff")):
        c.polygon([(270 + index * 87, 175), (215 + index * 110, 350), (275 + index * 110, 350)], colour)
    for row in range(3):
        for flag in range(20):
            x, y = flag * 42.0 + row * 12, 50.0 + row * 38 - abs(flag % 8 - 4) * 4
            c.polygon(
                [(x, y), (x + 26, y), (x + 13, y + 24)],
                ("f2c14e", "d1495b", "3d9b8f", "edeae0")[(flag + row) % 4],
            )
    for index in range(46):
        x, y = c.chance(index + 200, 0, 800), c.chance(index + 260, 392, 440)
        c.disc(x, y, 15, "15152e")
        c.box(x - 20, y + 12, 40, 60, "15152e", 14)


def computer(c: Canvas) -> None:
    c.sky("dfe7ea", "c4d1d6")
    c.box(0, 350, WIDTH, 100, "a97c50")
    c.box(220, 90, 360, 220, "2b3138", 12)
    c.box(234, 104, 332, 186, "12324a", 4)
    for row in range(9):
        x = 250 + (row % 3) * 18
        c.box(
            x, 118 + row * 19, c.chance(row, 60, 240), 7, ("7fd1ae", "f2c14e", "8fb8ff", "e8eef2")[row % 4], 3
        )
    c.polygon([(370, 310), (430, 310), (450, 352), (350, 352)], "444c55")
    c.box(250, 372, 300, 40, "e9ecee", 6)
    for key in range(36):
        c.box(258 + key % 12 * 24, 377 + key // 12 * 11, 19, 8, "b7c0c6", 2)
    c.disc(640, 390, 22, "f4f1ea")
    c.disc(640, 387, 15, "6b3f2a")
    c.box(110, 300, 60, 60, "b5563c", 6)
    for index in range(7):
        c.oval(140 + (index - 3) * 14, 270 - abs(index - 3) * -6, 8, 32, "4f8a4a")


def parliament(c: Canvas) -> None:
    _open_sky(c)
    c.box(90, 190, 620, 190, "f0e4cc")
    c.polygon([(70, 190), (400, 96), (730, 190)], "e0cfae")
    c.polygon([(160, 178), (400, 112), (640, 178)], "caa97a")
    c.box(70, 186, 660, 16, "d3bf98")
    for column in range(9):
        x = 118 + column * 69
        c.box(x, 202, 26, 160, "fbf6ea")
        c.box(x - 5, 200, 36, 10, "d3bf98")
        c.box(x - 5, 356, 36, 10, "d3bf98")
    for step in range(5):
        c.box(70 - step * 14, 366 + step * 14, 660 + step * 28, 14, ("d8ccb4", "c9bb9f")[step % 2])
    c.box(0, 436, WIDTH, 14, "a99f8c")


def harvest(c: Canvas) -> None:
    _open_sky(c)
    c.ridge(240, 30, "a8b36a", index=1)
    c.box(0, 270, WIDTH, 180, "dcb04e")
    for row in range(17):
        x = -400.0 + row * 100
        c.polygon(
            [(400 + (x - 400) * 0.22, 270), (400 + (x - 360) * 0.22, 270), (x + 50, HEIGHT), (x, HEIGHT)],
            "c4943a",
        )
    for index in range(5):
        x, y = c.chance(index, 60, 740), c.chance(index + 9, 310, 400)
        c.oval(x, y, 30, 22, "e8cc78")
        c.arc(x, y, 12, (0, 360), "b98a34", 2)
    c.box(470, 262, 70, 34, "b23a32", 5)
    c.box(500, 236, 36, 30, "7fa6bd", 4)
    c.disc(486, 300, 14, "2d2d33")
    c.disc(528, 296, 20, "2d2d33")


def road(c: Canvas) -> None:
    _open_sky(c)
    c.ridge(230, 60, "9b9a7c", index=1, rough=1.5)
    c.ridge(270, 24, "868b62", index=2)
    c.box(0, 285, WIDTH, 165, "a9a26f")
    middle = c.chance(4, 340, 460)
    c.polygon([(middle - 12, 285), (middle + 12, 285), (660, HEIGHT), (140, HEIGHT)], "55585e")
    for dash in range(6):
        near, far = (dash / 6) ** 2, ((dash + 0.5) / 6) ** 2
        top, foot = 285 + near * 165, 285 + far * 165
        wide = 2 + near * 10
        shift, later = (400 - middle) * near, (400 - middle) * far
        c.polygon(
            [
                (middle + shift - wide / 2, top),
                (middle + shift + wide / 2, top),
                (middle + later + wide, foot),
                (middle + later - wide, foot),
            ],
            "f4efe0",
        )
    for index in range(4):
        c.box(60 + index * 26, 330 + index * -8, 5, 30, "f4efe0")


SCENES: Mapping[str, Callable[[Canvas], None]] = {
    scene.__name__: scene
    for scene in (
        rain, dam, snow, wind, sea, desert, football, library, market, train,
        school, clinic, mosque, mountain, palm, festival, computer, parliament, harvest, road,
    )
}  # fmt: skip
"""Each scene by the word that a text has for it; `HEIGHT` and `WIDTH` bound them all."""
